package dev.pilothouse.server.http;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.xnio.XnioIoThread;

/**
 * When the watches of one I/O thread send. After a while without events the first one goes out at
 * once; what comes shortly after a turn waits for the next, so that many events to many watchers
 * take one hand-over between threads, and each watcher one write for all that it is to get.
 * Thread-safe.
 */
final class EventTurns {

    /** Between turns; well below what a watcher could notice, yet several events at a busy time. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    /**
     * Between turns when they take long themselves: then fewer and larger ones keep up with more.
     */
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final XnioIoThread io;
    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean due = new AtomicBoolean();

    // Of the I/O thread.
    private long notBefore = System.nanoTime();

    EventTurns(XnioIoThread io) {
        this.io = io;
    }

    /** Runs a watch's pump in the next turn, on the I/O thread. */
    void add(Runnable pump) {
        waiting.add(pump);
        if (due.compareAndSet(false, true)) {
            io.execute(this::plan);
        }
    }

    private void plan() {
        long rest = notBefore - System.nanoTime();
        if (rest > 0) {
            io.executeAfter(this::turn, rest, TimeUnit.NANOSECONDS);
        } else {
            turn();
        }
    }

    private void turn() {
        due.set(false);
        long start = System.nanoTime();
        for (Runnable pump = waiting.poll(); pump != null; pump = waiting.poll()) {
            pump.run();
        }
        long end = System.nanoTime();
        notBefore = end + Math.clamp(2 * (end - start), PAUSE_NANOS, LONGEST_PAUSE_NANOS);
    }
}
