package dev.pilothouse.server.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkQueueTest {

    private Instant now = Instant.EPOCH;
    private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparing(Task::due));
    private final WorkQueue<String> queue =
            new WorkQueue<>((delay, task) -> tasks.add(new Task(now.plus(delay), task)), () -> now);

    private record Task(Instant due, Runnable task) {}

    @Test
    void holdsEachKeyOnce() {
        queue.add("a");
        queue.add("b");
        queue.add("a");

        assertEquals(2, queue.size());
        assertEquals("a", queue.take());
        assertEquals("b", queue.take());
    }

    @Test
    void givesKeyAgainOnlyWhenItsWorkIsDone() {
        queue.add("a");
        queue.take();
        queue.add("a");
        assertEquals(0, queue.size());

        queue.done("a");
        assertEquals("a", queue.take());
        queue.done("a");
        assertEquals(0, queue.size());
    }

    @Test
    void addsLaterOnceAtTheEarliestTime() {
        queue.addAfter("a", Duration.ofSeconds(10));
        queue.addAfter("a", Duration.ofSeconds(5));
        queue.addAfter("a", Duration.ofSeconds(20));

        advance(Duration.ofSeconds(4));
        assertEquals(0, queue.size());
        advance(Duration.ofSeconds(1));
        assertEquals("a", queue.take());
        queue.done("a");
        advance(Duration.ofSeconds(60));
        assertEquals(0, queue.size());
    }

    @Test
    void waitsTwiceAsLongAfterEachFailureUpToALimit() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            queue.addRateLimited("a");
            waits.add(Duration.between(now, tasks.element().due()).toMillis());
            advance(Duration.ofSeconds(200));
            queue.take();
            queue.done("a");
        }

        assertEquals(List.of(5L, 10L, 20L, 40L), waits.subList(0, 4));
        assertEquals(100_000, waits.getLast());
        queue.forget("a");
        queue.addRateLimited("a");
        assertEquals(5, Duration.between(now, tasks.element().due()).toMillis());
    }

    @Test
    void releasesWaitingWorkersWhenClosed() throws Exception {
        CompletableFuture<String> taken = new CompletableFuture<>();
        Thread worker = Thread.ofVirtual().start(() -> taken.complete(queue.take()));
        queue.close();

        assertNull(taken.get(5, TimeUnit.SECONDS));
        worker.join();
        queue.add("a");
        queue.addAfter("b", Duration.ofSeconds(1));
        advance(Duration.ofSeconds(2));
        assertNull(queue.take());
    }

    private void advance(Duration time) {
        now = now.plus(time);
        while (!tasks.isEmpty() && !tasks.element().due().isAfter(now)) {
            tasks.remove().task().run();
        }
    }
}
