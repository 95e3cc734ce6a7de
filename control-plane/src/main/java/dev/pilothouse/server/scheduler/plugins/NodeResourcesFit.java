package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodDemand;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.Resources;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.framework.ClusterEvent;
import dev.pilothouse.server.scheduler.framework.FilterPlugin;
import dev.pilothouse.server.scheduler.framework.NodeFilter;
import dev.pilothouse.server.scheduler.framework.NodeScorer;
import dev.pilothouse.server.scheduler.framework.ScorePlugin;
import dev.pilothouse.server.scheduler.framework.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Refuses nodes that have too little left, and prefers those that have most left. Source:
 * plugins/noderesources/fit.go and least_allocated.go.
 */
public final class NodeResourcesFit implements FilterPlugin, ScorePlugin {

    /** Its name in Kubernetes. */
    public static final String NAME = "NodeResourcesFit";

    private static final String TOO_MANY = "Too many pods";

    NodeResourcesFit() {}

    /**
     * What a node has too little of.
     *
     * @param resource its name, {@code pods} for the number of pods
     * @param requested what the pod needs, thousandths for CPU
     * @param free what is left, never below zero
     * @param capacity what the node has for pods
     */
    public record Shortage(String resource, long requested, long free, long capacity) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        return Preparation.of(new Fits(pod.shape().demand()));
    }

    @Override
    public NodeScorer scorer(PodInfo pod, Snapshot snapshot) {
        PodDemand demand = pod.shape().demand();
        return node -> {
            Resources has = node.node().allocatable();
            long sum = 0;
            int counted = 0;
            if (has.milliCpu() > 0) {
                sum += left(node.scoredMilliCpu() + demand.scoredMilliCpu(), has.milliCpu());
                counted++;
            }
            if (has.memory() > 0) {
                sum += left(node.scoredMemory() + demand.scoredMemory(), has.memory());
                counted++;
            }
            return counted == 0 ? 0 : sum / counted;
        };
    }

    @Override
    public boolean mayHelp(PodInfo refused, ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.PodGone(PodInfo gone) -> true;
            case ClusterEvent.PodChanged(PodInfo before, PodInfo pod) ->
                    !before.shape().requests().equals(pod.shape().requests());
            case ClusterEvent.NodeAdded(Node node) -> fitsEmpty(refused, node);
            case ClusterEvent.NodeChanged(Node before, Node node) ->
                    grew(before, node) && fitsEmpty(refused, node);
            case ClusterEvent.WaitingPodChanged(PodInfo before, PodInfo pod) ->
                    pod.uid().equals(refused.uid())
                            && !before.shape().requests().equals(pod.shape().requests());
            default -> false;
        };
    }

    /** What a node has too little of for a pod; none when it fits. */
    public static List<Shortage> shortages(PodDemand demand, NodeInfo info) {
        Node node = info.node();
        List<Shortage> shortages = new ArrayList<>();
        if (info.podCount() + 1 > node.maxPods()) {
            long free = Math.max(0, node.maxPods() - info.podCount());
            shortages.add(new Shortage(Resources.PODS, 1, free, node.maxPods()));
        }
        Resources wanted = demand.requests();
        add(shortages, Resources.CPU, wanted, info);
        add(shortages, Resources.MEMORY, wanted, info);
        add(shortages, Resources.EPHEMERAL_STORAGE, wanted, info);
        new TreeMap<>(wanted.scalars())
                .keySet()
                .forEach(resource -> add(shortages, resource, wanted, info));
        return shortages;
    }

    private static void add(
            List<Shortage> shortages, String resource, Resources wanted, NodeInfo info) {
        long need = wanted.get(resource);
        long capacity = info.node().allocatable().get(resource);
        long free = capacity - info.requested().get(resource);
        if (need > 0 && need > free) {
            shortages.add(new Shortage(resource, need, Math.max(0, free), capacity));
        }
    }

    private static long left(long taken, long capacity) {
        return taken > capacity ? 0 : (capacity - taken) * NodeScorer.MAX / capacity;
    }

    private static boolean fitsEmpty(PodInfo pod, Node node) {
        return shortages(pod.shape().demand(), new NodeInfo(node)).isEmpty();
    }

    private static boolean grew(Node before, Node node) {
        Resources more = node.allocatable().minus(before.allocatable());
        if (more.milliCpu() > 0
                || more.memory() > 0
                || more.ephemeralStorage() > 0
                || node.maxPods() > before.maxPods()) {
            return true;
        }
        for (Map.Entry<String, Long> scalar : more.scalars().entrySet()) {
            if (scalar.getValue() > 0) {
                return true;
            }
        }
        return false;
    }

    /** The quick way: only nodes that do not fit are looked at closely. */
    private static final class Fits implements NodeFilter {

        private final PodDemand demand;
        private final Resources wanted;

        Fits(PodDemand demand) {
            this.demand = demand;
            this.wanted = demand.requests();
        }

        @Override
        public Status check(NodeInfo info) {
            Resources has = info.node().allocatable();
            Resources taken = info.requested();
            boolean fits =
                    info.podCount() < info.node().maxPods()
                            && enough(wanted.milliCpu(), has.milliCpu() - taken.milliCpu())
                            && enough(wanted.memory(), has.memory() - taken.memory())
                            && enough(
                                    wanted.ephemeralStorage(),
                                    has.ephemeralStorage() - taken.ephemeralStorage())
                            && wanted.scalars().isEmpty();
            return fits ? Status.SUCCESS : status(shortages(demand, info));
        }

        private static boolean enough(long need, long free) {
            return need <= 0 || need <= free;
        }

        private static Status status(List<Shortage> shortages) {
            if (shortages.isEmpty()) {
                return Status.SUCCESS;
            }
            List<String> reasons = new ArrayList<>();
            boolean hopeless = false;
            for (Shortage shortage : shortages) {
                boolean pods = shortage.resource().equals(Resources.PODS);
                reasons.add(pods ? TOO_MANY : "Insufficient " + shortage.resource());
                hopeless |= !pods && shortage.requested() > shortage.capacity();
            }
            return new Status(
                    hopeless ? Status.Code.UNRESOLVABLE : Status.Code.UNSCHEDULABLE, NAME, reasons);
        }
    }
}
