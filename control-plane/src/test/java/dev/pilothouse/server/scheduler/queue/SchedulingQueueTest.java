package dev.pilothouse.server.scheduler.queue;

import static dev.pilothouse.server.scheduler.TestCluster.pod;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.pilothouse.server.scheduler.TestCluster;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.framework.ClusterEvent;
import dev.pilothouse.server.testing.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is next, who waits, and what wakes them. */
@Timeout(30)
class SchedulingQueueTest {

    private static final Set<String> FIT = Set.of("NodeResourcesFit");
    private static final Set<String> TAINTS = Set.of("TaintToleration");

    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final TestCluster cluster = new TestCluster();
    private final SchedulingQueue queue = new SchedulingQueue(cluster.profile(), clock, clock);

    private PodInfo info(String name, String spec) {
        return cluster.read(pod(name, "1", "", spec));
    }

    private QueuedPod take() {
        QueuedPod taken = queue.take();
        assertNotNull(taken);
        return taken;
    }

    private void sizes(int active, int backoff, int unschedulable, int gated) {
        assertEquals(
                Map.of(
                        "active", active,
                        "backoff", backoff,
                        "unschedulable", unschedulable,
                        "gated", gated),
                queue.sizes());
    }

    @Test
    void givesHigherPriorityFirstThenWhoCameFirst() {
        queue.add(info("a", ""));
        clock.advance(Duration.ofMillis(1));
        queue.add(info("b", ""));
        queue.add(info("c", "'priority':10"));

        assertEquals("c", take().pod().name());
        assertEquals("a", take().pod().name());
        assertEquals("b", take().pod().name());
    }

    @Test
    void wakesRefusedPodOnlyByWhatMayHelp() {
        queue.add(info("a", ""));
        queue.refused(take(), FIT);
        sizes(0, 0, 1, 0);

        queue.happened(new ClusterEvent.PodPlaced(info("other", "")));
        sizes(0, 0, 1, 0);

        queue.happened(new ClusterEvent.PodGone(info("other", "")));
        sizes(0, 1, 0, 0);
        clock.advance(Duration.ofSeconds(1));
        sizes(1, 0, 0, 0);
    }

    @Test
    void takesPodOutOfBackoffWhenNobodyElseWaits() {
        queue.add(info("a", ""));
        queue.refused(take(), FIT);
        queue.happened(new ClusterEvent.PodGone(info("other", "")));

        QueuedPod again = take();

        assertEquals(2, again.attempts());
    }

    @Test
    void doesNotHurryWhatHasFailed() {
        queue.add(info("failed", ""));
        queue.failed(take());
        sizes(0, 1, 0, 0);
        queue.add(info("other", ""));
        assertEquals("other", take().pod().name());

        clock.advance(Duration.ofSeconds(1));

        assertEquals("failed", take().pod().name());
    }

    @Test
    void waitsLongerEachTimeButTenSecondsAtMost() {
        queue.add(info("a", ""));
        for (int attempt = 1; attempt <= 7; attempt++) {
            queue.failed(take());
            long wait = Math.min(10_000, 1000L << (attempt - 1));
            clock.advance(Duration.ofMillis(wait - 1));
            sizes(0, 1, 0, 0);
            clock.advance(Duration.ofMillis(1));
            sizes(1, 0, 0, 0);
        }
    }

    @Test
    void remembersWhatHappensWhilePodIsTried() {
        queue.add(info("a", ""));
        QueuedPod tried = take();
        queue.happened(new ClusterEvent.PodGone(info("other", "")));

        queue.refused(tried, FIT);

        sizes(0, 1, 0, 0);
    }

    @Test
    void forgetsWhatHappenedBeforePodWasTried() {
        queue.add(info("a", ""));
        queue.add(info("b", ""));
        QueuedPod first = take();
        queue.happened(new ClusterEvent.PodGone(info("other", "")));
        QueuedPod second = take();

        queue.refused(second, FIT);
        sizes(0, 0, 1, 0);
        queue.refused(first, FIT);
        sizes(0, 1, 1, 0);
    }

    @Test
    void keepsGatedPodsOut() {
        PodInfo gated = info("a", "'schedulingGates':[{'name':'g'}]");
        queue.add(gated);
        sizes(0, 0, 0, 1);

        queue.update(gated, info("a", ""));

        assertEquals("a", take().pod().name());
    }

    @Test
    void wakesPodThatTolerates() {
        PodInfo before = info("a", "");
        queue.add(before);
        queue.refused(take(), TAINTS);

        queue.update(before, info("a", "'priorityClassName':'same'"));
        sizes(0, 0, 1, 0);
        queue.update(before, info("a", "'tolerations':[{'operator':'Exists'}]"));

        sizes(0, 1, 0, 0);
    }

    @Test
    void triesRefusedPodsAgainAfterFiveMinutes() {
        queue.add(info("a", ""));
        queue.refused(take(), FIT);

        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        sizes(0, 0, 1, 0);
        clock.advance(Duration.ofSeconds(31));

        sizes(1, 0, 0, 0);
    }

    @Test
    void forgetsDeletedPods() {
        queue.add(info("a", ""));
        queue.refused(take(), FIT);
        queue.delete("uid-a");

        assertEquals(0, queue.size());
    }
}
