package dev.pilothouse.server.controller;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs short tasks later. */
@FunctionalInterface
public interface Delays {

    /**
     * Runs a task, which neither blocks nor throws, after a time; nothing happens when the process
     * is stopping.
     */
    void after(Duration delay, Runnable task);

    /** By an executor, which the caller closes. */
    static Delays of(ScheduledExecutorService timers) {
        return (delay, task) -> {
            try {
                var _ = timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                if (!timers.isShutdown()) {
                    throw e;
                }
            }
        };
    }
}
