package dev.pilothouse.server.scheduler.queue;

import dev.pilothouse.server.scheduler.cluster.PodInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;

/**
 * A pod that waits for a node. Immutable.
 *
 * @param pod the pod as it was seen last
 * @param order which came first
 * @param since since when it waits where it is now
 * @param attempts how often a node was looked for
 * @param refusedBy which plug-ins refused it last, none when it is new or something failed
 * @param failed whether the last attempt failed rather than found no node
 */
public record QueuedPod(
        PodInfo pod,
        long order,
        Instant since,
        int attempts,
        Set<String> refusedBy,
        boolean failed) {

    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);

    /** Higher priority first, then who waits longer. Source: plugins/queuesort. */
    static final Comparator<QueuedPod> BY_PRIORITY =
            Comparator.comparingInt((QueuedPod queued) -> queued.pod().priority())
                    .reversed()
                    .thenComparing(QueuedPod::since)
                    .thenComparingLong(QueuedPod::order);

    static final Comparator<QueuedPod> BY_BACKOFF =
            Comparator.comparing(QueuedPod::backoffEnds).thenComparingLong(QueuedPod::order);

    /** Copies the set. */
    public QueuedPod {
        refusedBy = Set.copyOf(refusedBy);
    }

    String uid() {
        return pod.uid();
    }

    /** The same for a later state of the pod. */
    public QueuedPod with(PodInfo changed) {
        return new QueuedPod(changed, order, since, attempts, refusedBy, failed);
    }

    QueuedPod attempted() {
        return new QueuedPod(pod, order, since, attempts + 1, Set.of(), false);
    }

    QueuedPod refused(Instant now, Set<String> plugins, boolean error) {
        return new QueuedPod(pod, order, now, attempts, plugins, error);
    }

    /** Until when it waits at least. Source: calculateBackoffDuration. */
    Instant backoffEnds() {
        if (attempts == 0) {
            return since;
        }
        Duration backoff = FIRST_BACKOFF.multipliedBy(1L << Math.min(attempts - 1, 10));
        return since.plus(backoff.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : backoff);
    }
}
