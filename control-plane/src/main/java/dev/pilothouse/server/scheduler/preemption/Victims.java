package dev.pilothouse.server.scheduler.preemption;

import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import java.util.Comparator;
import java.util.List;

/**
 * Pods that would have to go from a node to make room. Immutable.
 *
 * @param node the node
 * @param pods the pods, the most important first; there is at least one
 * @param violations how many of them a budget protects
 */
public record Victims(NodeInfo node, List<PodInfo> pods, int violations) {

    /** Higher priority first, then who has run longer. Source: util.MoreImportantPod. */
    static final Comparator<PodInfo> MOST_IMPORTANT_FIRST =
            Comparator.comparingInt(PodInfo::priority)
                    .reversed()
                    .thenComparingLong(Victims::started);

    /**
     * Fewest violated budgets, then the lowest highest priority, the lowest sum of priorities, the
     * fewest pods, and those of the highest priority that have run the shortest. Source:
     * pickOneNodeForPreemption.
     */
    static final Comparator<Victims> LEAST_HARM_FIRST =
            Comparator.comparingInt(Victims::violations)
                    .thenComparingInt(victims -> victims.pods().getFirst().priority())
                    .thenComparingLong(Victims::prioritySum)
                    .thenComparingInt(victims -> victims.pods().size())
                    .thenComparing(Comparator.comparingLong(Victims::earliestStart).reversed());

    /** Copies the list. */
    public Victims {
        pods = List.copyOf(pods);
    }

    /** Negative priorities must not make more pods look better than fewer. */
    private long prioritySum() {
        long sum = 0;
        for (PodInfo pod : pods) {
            sum += pod.priority() + (long) Integer.MAX_VALUE + 1;
        }
        return sum;
    }

    /** When the first of those with the highest priority started. */
    private long earliestStart() {
        int highest = pods.getFirst().priority();
        return pods.stream()
                .filter(pod -> pod.priority() == highest)
                .mapToLong(Victims::started)
                .min()
                .orElse(0);
    }

    /** A pod that has not started yet starts now at the earliest. */
    private static long started(PodInfo pod) {
        return pod.started() == 0 ? Long.MAX_VALUE : pod.started();
    }
}
