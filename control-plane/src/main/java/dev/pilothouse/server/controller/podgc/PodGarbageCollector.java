package dev.pilothouse.server.controller.podgc;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Component;
import dev.pilothouse.server.controller.Controller;
import dev.pilothouse.server.controller.Delays;
import dev.pilothouse.server.controller.Result;
import dev.pilothouse.server.controller.WorkQueue;
import dev.pilothouse.server.controller.nodes.NodePod;
import dev.pilothouse.server.controller.nodes.NodeView;
import dev.pilothouse.server.controller.nodes.PodDisposal;
import dev.pilothouse.server.controller.nodes.PodDisposal.Why;
import dev.pilothouse.server.controller.nodes.Taint;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes away pods that nobody else will: ended ones when there are too many, those of nodes that no
 * longer exist, those that end without ever having been placed, and those that end on nodes that
 * are out of service. Source: pkg/controller/podgc.
 */
public final class PodGarbageCollector implements Component {

    /** Its service account. */
    public static final String NAME = "pod-garbage-collector";

    /** How many ended pods may stay: --terminated-pod-gc-threshold. */
    public static final int DEFAULT_THRESHOLD = 12_500;

    private static final GroupVersionResource NODES = new GroupVersionResource("", "v1", "nodes");

    /** A node may come back under the same name for so long. */
    private static final Duration QUARANTINE = Duration.ofSeconds(40);

    /** Ended pods are counted out so often: the period of Kubernetes' collector. */
    private static final Duration PERIOD = Duration.ofSeconds(20);

    private static final Why NODE_GONE = new Why("DeletionByPodGC", "PodGC: node no longer exists");

    private final Informer<NodeView> nodes;
    private final Informer<NodePod> pods;
    private final ResourceClient nodeClient;
    private final PodDisposal disposal;
    private final int threshold;
    private final AtomicInteger ended = new AtomicInteger();
    private final WorkQueue<Task> queue;
    private final Controller<Task> controller;

    /** What to look at. */
    private sealed interface Task {

        /** The number of ended pods. */
        record Ended() implements Task {}

        /** The pods of a node that may not exist. */
        record Orphans(String node) implements Task {}

        /** The ending pods of a node that may be out of service. */
        record OutOfService(String node) implements Task {}

        /** A pod that may end without having been placed. */
        record Unplaced(String namespace, String name) implements Task {}
    }

    /**
     * A collector that is not started.
     *
     * @param client acts as {@link #NAME}
     * @param nodes all nodes
     * @param pods all pods, with {@link NodePod#INDEXES}
     * @param threshold how many ended pods may stay, 0 for any number
     */
    public PodGarbageCollector(
            ApiClient client,
            Informer<NodeView> nodes,
            Informer<NodePod> pods,
            int threshold,
            Delays delays,
            InstantSource clock) {
        this.nodes = nodes;
        this.pods = pods;
        this.nodeClient = client.resource(NODES);
        this.disposal = new PodDisposal(client, clock);
        this.threshold = threshold;
        this.queue = new WorkQueue<>(delays, clock);
        this.controller = new Controller<>(NAME, 2, queue, this::reconcile);
    }

    @Override
    public void start() {
        var _ = CompletableFuture.allOf(nodes.synced(), pods.synced()).thenRun(this::begin);
    }

    @Override
    public void close() {
        controller.close();
    }

    private void begin() {
        nodes.addHandler(delta -> {
            NodeView node = delta.object();
            if (delta instanceof Delta.Deleted<NodeView>) {
                queue.addAfter(new Task.Orphans(node.name()), QUARANTINE);
            } else if (isOutOfService(node)) {
                queue.add(new Task.OutOfService(node.name()));
            }
        });
        pods.addHandler(this::changed);
        controller.start();
    }

    private void changed(Delta<NodePod> delta) {
        NodePod pod = delta.object();
        boolean before =
                switch (delta) {
                    case Delta.Added<NodePod> _ -> false;
                    case Delta.Updated<NodePod>(NodePod previous, _) -> previous.ended();
                    case Delta.Deleted<NodePod>(NodePod last) -> last.ended();
                };
        boolean gone = delta instanceof Delta.Deleted<NodePod>;
        if (before != (pod.ended() && !gone)) {
            int count = ended.addAndGet(before ? -1 : 1);
            if (threshold > 0 && count > threshold) {
                queue.addAfter(new Task.Ended(), PERIOD);
            }
        }
        if (gone) {
            return;
        }
        if (pod.node().isEmpty()) {
            if (pod.deleting()) {
                queue.add(new Task.Unplaced(pod.key().namespace(), pod.key().name()));
            }
            return;
        }
        NodeView node = nodes.lister().get("", pod.node());
        if (node == null) {
            queue.addAfter(new Task.Orphans(pod.node()), QUARANTINE);
        } else if (pod.deleting() && isOutOfService(node)) {
            queue.add(new Task.OutOfService(node.name()));
        }
    }

    private Result reconcile(Task task) {
        switch (task) {
            case Task.Ended _ -> trim();
            case Task.Orphans(String node) -> collectOrphans(node);
            case Task.OutOfService(String node) -> collectOutOfService(node);
            case Task.Unplaced(String namespace, String name) -> {
                NodePod pod = pods.lister().get(namespace, name);
                if (pod != null && pod.deleting() && pod.node().isEmpty()) {
                    disposal.forceDelete(pod, Why.UNSAID);
                }
            }
        }
        return Result.DONE;
    }

    private void trim() {
        List<NodePod> all = pods.lister().all().stream().filter(NodePod::ended).toList();
        excess(all, threshold).forEach(pod -> disposal.forceDelete(pod, Why.UNSAID));
    }

    /** Which of the ended pods are too many: first evicted ones, then the oldest. */
    static List<NodePod> excess(List<NodePod> ended, int threshold) {
        return ended.stream()
                .sorted(
                        Comparator.comparing((NodePod pod) -> !pod.evicted())
                                .thenComparing(NodePod::created)
                                .thenComparing(pod -> pod.key().toString()))
                .limit(Math.max(0, ended.size() - threshold))
                .toList();
    }

    private void collectOrphans(String node) {
        if (nodes.lister().get("", node) != null || exists(node)) {
            return;
        }
        pods.lister()
                .byIndex(NodePod.BY_NODE, node)
                .forEach(pod -> disposal.forceDelete(pod, NODE_GONE));
    }

    private void collectOutOfService(String name) {
        NodeView node = nodes.lister().get("", name);
        if (node == null || !isOutOfService(node)) {
            return;
        }
        pods.lister().byIndex(NodePod.BY_NODE, name).stream()
                .filter(NodePod::deleting)
                .forEach(pod -> disposal.forceDelete(pod, Why.UNSAID));
    }

    private boolean exists(String node) {
        try {
            return !nodeClient.get("", node).isEmpty();
        } catch (ApiException e) {
            if (e.reason() == StatusReason.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isOutOfService(NodeView node) {
        return !node.ready().equals("True")
                && node.taints().stream()
                        .anyMatch(taint -> taint.key().equals(Taint.OUT_OF_SERVICE));
    }
}
