package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.AffinityTerm;
import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodShape;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Where the placed pods are that have wishes about others. Pods with the same wish are counted
 * together, so that a new pod is compared with each wish once and not with every pod. Follows the
 * cluster from snapshot to snapshot. Thread-safe.
 */
final class TermCounts {

    private final Function<PodShape, List<Wish>> wishes;
    private final Map<Wish, TopologyCounts> placed = new HashMap<>();
    private Snapshot seen = Snapshot.EMPTY;

    /**
     * A wish of a pod about others.
     *
     * @param term which others
     * @param weight how much it counts for them, negative against
     */
    record Wish(AffinityTerm term, int weight) {}

    /** None yet; {@code wishes} says which terms of a pod are counted, with which weights. */
    TermCounts(Function<PodShape, List<Wish>> wishes) {
        this.wishes = wishes;
    }

    /**
     * The weights of all wishes of placed pods that mean a pod, by the domains of those who have
     * them.
     *
     * @param namespaces the labels of a namespace by its name
     */
    synchronized TopologyCounts about(
            PodShape pod, Function<String, Map<String, String>> namespaces, Snapshot snapshot) {
        follow(snapshot);
        TopologyCounts sums = new TopologyCounts();
        placed.forEach((wish, counts) -> {
            if (wish.term().matches(pod, namespaces)) {
                sums.addAll(counts, wish.weight());
            }
        });
        return sums;
    }

    private void follow(Snapshot now) {
        if (now.sameNodes(seen)) {
            now.differences(seen, this::change);
        } else {
            placed.clear();
            for (int i = 0; i < now.size(); i++) {
                addAll(now.at(i), 1);
            }
        }
        seen = now;
    }

    private void change(int position, NodeInfo before, NodeInfo now) {
        if (before.node().equals(now.node())) {
            now.changes(before, pod -> add(pod, now.node(), -1), pod -> add(pod, now.node(), 1));
        } else {
            addAll(before, -1);
            addAll(now, 1);
        }
    }

    private void addAll(NodeInfo info, int by) {
        for (PodInfo pod : info.affinityPods()) {
            add(pod, info.node(), by);
        }
    }

    private void add(PodInfo pod, Node node, int by) {
        if (pod.shape().affinity().isEmpty()) {
            return;
        }
        for (Wish wish : wishes.apply(pod.shape())) {
            TopologyCounts counts = placed.computeIfAbsent(wish, _ -> new TopologyCounts());
            counts.add(node, wish.term().topologyKey(), by);
            if (counts.isEmpty()) {
                placed.remove(wish);
            }
        }
    }
}
