package dev.pilothouse.ui.fx;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;

/**
 * Runs work on the JavaFX thread at its next pulse: work that comes faster than the screen is drawn
 * runs together. Nothing ticks while there is no work. Thread-safe.
 */
public final class PulseHop implements Executor {

    private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean awake = new AtomicBoolean();
    private final AnimationTimer pulse =
            new AnimationTimer() {
                @Override
                public void handle(long now) {
                    stop();
                    runAll();
                }
            };

    /** Without work. */
    public PulseHop() {}

    @Override
    public void execute(Runnable task) {
        work.add(task);
        if (awake.compareAndSet(false, true)) {
            Platform.runLater(pulse::start);
        }
    }

    private void runAll() {
        // Asleep before the queue is read: what is added from here on wakes it again.
        awake.set(false);
        for (Runnable task = work.poll(); task != null; task = work.poll()) {
            task.run();
        }
    }
}
