package dev.pilothouse.ui.cluster;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits longer after each failure in a row, up to eight seconds; can be woken. */
public final class Retries {

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private final Semaphore woken = new Semaphore(0);
    private Duration next = FIRST;

    /** Without failures. */
    public Retries() {}

    /** Waits before another try; called by the one thread that tries. */
    public void await() throws InterruptedException {
        if (woken.tryAcquire(next.toMillis(), TimeUnit.MILLISECONDS)) {
            woken.drainPermits();
        }
        Duration twice = next.multipliedBy(2);
        next = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
    }

    /** The server asks to wait: the next wait takes at least so many seconds. */
    void atLeast(int seconds) {
        Duration asked = Duration.ofSeconds(seconds);
        if (asked.compareTo(next) > 0) {
            next = asked;
        }
    }

    /** It worked: the next failure is the first again. */
    public void succeeded() {
        next = FIRST;
        woken.drainPermits();
    }

    /** Ends the wait that is under way. From any thread. */
    public void wake() {
        woken.release();
    }
}
