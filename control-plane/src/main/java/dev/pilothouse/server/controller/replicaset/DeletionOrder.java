package dev.pilothouse.server.controller.replicaset;

import dev.pilothouse.server.controller.workload.PodPhase;
import dev.pilothouse.server.controller.workload.PodView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which pods go first when there are too many: those that do least, cost least to lose, share a
 * node with most of their like, and have been at work for the shortest time. Source:
 * ActivePodsWithRanks of pkg/controller/controller_utils.go, KEP-2185.
 */
final class DeletionOrder {

    private final Instant now;
    private final Map<String, Integer> onNode = new HashMap<>();

    /**
     * An order at a moment.
     *
     * @param related all pods that do the same work, also those of other replica sets of the same
     *     deployment
     */
    DeletionOrder(List<PodView> related, Instant now) {
        this.now = now;
        for (PodView pod : related) {
            if (pod.isActive() && !pod.node().isEmpty()) {
                onNode.merge(pod.node(), 1, Integer::sum);
            }
        }
    }

    /** The pods to delete, of which there are at most as many as asked for. */
    List<PodView> first(List<PodView> pods, int count) {
        if (count >= pods.size()) {
            return pods;
        }
        List<PodView> sorted = new ArrayList<>(pods);
        sorted.sort(order());
        return sorted.subList(0, count);
    }

    private Comparator<PodView> order() {
        return Comparator.comparing((PodView pod) -> !pod.node().isEmpty())
                .thenComparing(pod -> phase(pod.phase()))
                .thenComparing(PodView::isReady)
                .thenComparing(PodView::deletionCost)
                .thenComparing(pod -> -onNode.getOrDefault(pod.node(), 0))
                .thenComparing(pod -> pod.isReady() ? age(pod.readySince()) : 0)
                .thenComparing(pod -> -pod.restarts())
                .thenComparing(pod -> age(pod.created()))
                .thenComparing(PodView::uid);
    }

    private static int phase(PodPhase phase) {
        return switch (phase) {
            case PENDING -> 0;
            case UNKNOWN -> 1;
            case RUNNING, SUCCEEDED, FAILED -> 2;
        };
    }

    /**
     * An age in steps that double, so that pods of nearly the same age are taken by chance, and not
     * always the newest, which would undo what spreads pods over zones.
     */
    private int age(long since) {
        long seconds = now.getEpochSecond() - since;
        return seconds <= 0 ? -1 : 63 - Long.numberOfLeadingZeros(seconds);
    }
}
