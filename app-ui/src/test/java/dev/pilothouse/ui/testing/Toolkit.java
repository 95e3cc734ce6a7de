package dev.pilothouse.ui.testing;

import dev.pilothouse.ui.fx.FxHop;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;

/** JavaFX on its headless platform, started once for the tests of a JVM. */
public final class Toolkit {

    private Toolkit() {}

    /** Starts it unless it runs. */
    public static void start() throws InterruptedException {
        var started = new CountDownLatch(1);
        try {
            Platform.startup(started::countDown);
        } catch (IllegalStateException e) {
            // Another test has started it.
            started.countDown();
        }
        if (!started.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("JavaFX did not start");
        }
        Platform.setImplicitExit(false);
    }

    /** Runs work on the JavaFX thread and waits for its result. */
    public static <T> T fx(Callable<T> work) throws Exception {
        var task = new FutureTask<>(work);
        new FxHop().execute(task);
        return task.get(120, TimeUnit.SECONDS);
    }
}
