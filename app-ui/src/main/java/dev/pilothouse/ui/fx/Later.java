package dev.pilothouse.ui.fx;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Work that is done on the JavaFX thread after some time. Until then nothing runs, whereas an
 * animation, a pause included, wakes the thread and the renderer at every pulse. JavaFX thread
 * only.
 */
public final class Later {

    private static final Executor HOP = new FxHop();

    private final Runnable work;
    private int turn;
    private boolean pending;

    /** Work that is not asked for yet. */
    public Later(Runnable work) {
        this.work = work;
    }

    /** Does it once that much time has passed, in place of what was asked for before. */
    public void in(Duration time) {
        int mine = ++turn;
        pending = true;
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS, HOP)
                .execute(() -> {
                    if (mine == turn && pending) {
                        pending = false;
                        work.run();
                    }
                });
    }

    /** Whether it is asked for and not done yet. */
    public boolean isPending() {
        return pending;
    }

    /** Does not do it after all. */
    public void cancel() {
        pending = false;
    }
}
