package dev.pilothouse.server.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The requests and streams that are open, so that the server can end in order. Thread-safe. */
final class OpenWork {

    private final Set<Runnable> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean finishing;
    private int running;

    /** A request begins. */
    synchronized void begin() {
        running++;
    }

    /** A request has been answered or has failed. */
    synchronized void end() {
        running--;
        if (running == 0) {
            notifyAll();
        }
    }

    synchronized int running() {
        return running;
    }

    /** Whether the server is about to stop. */
    boolean finishing() {
        return finishing;
    }

    /** Remembers how to end an endless stream. */
    void opened(Runnable endStream) {
        streams.add(endStream);
        if (finishing) {
            endStream.run();
        }
    }

    /** Forgets a stream. */
    void closed(Runnable endStream) {
        streams.remove(endStream);
    }

    /** Ends the streams and waits for the requests; false when some are still there at the end. */
    boolean finish(Duration grace) {
        finishing = true;
        streams.forEach(Runnable::run);
        long end = System.nanoTime() + grace.toNanos();
        synchronized (this) {
            while (running > 0) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
        }
        return true;
    }
}
