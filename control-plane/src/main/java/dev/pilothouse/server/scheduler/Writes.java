package dev.pilothouse.server.scheduler;

import java.util.concurrent.Semaphore;

/** Writes in the background, so many requests at once: more would only wait for the store. */
final class Writes {

    private static final int AT_ONCE = 128;

    private final Semaphore permits = new Semaphore(AT_ONCE);

    Writes() {}

    /** Runs a task soon. */
    void submit(Runnable task) {
        Thread.ofVirtual().name("scheduler-write").start(() -> run(task));
    }

    /** Runs a task as soon as there are few enough others. */
    void run(Runnable task) {
        permits.acquireUninterruptibly();
        try {
            task.run();
        } finally {
            permits.release();
        }
    }
}
