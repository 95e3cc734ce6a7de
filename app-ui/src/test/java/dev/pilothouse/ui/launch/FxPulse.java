package dev.pilothouse.ui.launch;

import dev.pilothouse.ui.fx.FxHop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How long the JavaFX thread has kept those waiting who wanted something of it. */
final class FxPulse implements AutoCloseable {

    private final AtomicLong longest = new AtomicLong();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("fx pulse").unstarted(this::run);

    private FxPulse() {}

    static FxPulse start() {
        FxPulse pulse = new FxPulse();
        pulse.thread.start();
        return pulse;
    }

    private void run() {
        FxHop hop = new FxHop();
        try {
            while (end.getCount() > 0) {
                CountDownLatch here = new CountDownLatch(1);
                long asked = System.nanoTime();
                hop.execute(here::countDown);
                here.await();
                longest.accumulateAndGet(System.nanoTime() - asked, Math::max);
                end.await(5, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The longest wait so far, in milliseconds. */
    long longest() {
        return longest.get() / 1_000_000;
    }

    @Override
    public void close() throws InterruptedException {
        end.countDown();
        thread.join();
    }
}
