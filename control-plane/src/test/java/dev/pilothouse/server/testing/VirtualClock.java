package dev.pilothouse.server.testing;

import dev.pilothouse.server.controller.Delays;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/**
 * Time that passes only when it is told to, and the tasks that wait for it. Tasks run on the thread
 * that advances the time, each at its own moment. Thread-safe.
 */
public final class VirtualClock implements InstantSource, Delays {

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private Instant now;
    private long order;

    private record Task(Instant due, long order, Runnable action) implements Comparable<Task> {

        @Override
        public int compareTo(Task other) {
            int byTime = due.compareTo(other.due);
            return byTime == 0 ? Long.compare(order, other.order) : byTime;
        }
    }

    /** Stands still at this moment. */
    public VirtualClock(Instant now) {
        this.now = now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized void after(Duration delay, Runnable task) {
        tasks.add(new Task(now.plus(delay), order++, task));
    }

    /** Lets time pass, and runs what becomes due on the way. */
    public void advance(Duration duration) {
        Instant end = instant().plus(duration);
        for (Task task = next(end); task != null; task = next(end)) {
            task.action().run();
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized Task next(Instant end) {
        Task task = tasks.peek();
        if (task == null || task.due().isAfter(end)) {
            return null;
        }
        if (task.due().isAfter(now)) {
            now = task.due();
        }
        return tasks.poll();
    }
}
