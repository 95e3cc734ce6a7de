package dev.pilothouse.ui.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits of all tests: short where the machine is idle, patient where it is not. */
public final class Waits {

    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final Duration POLL = Duration.ofMillis(50);

    private Waits() {}

    /** Waits until something is true; fails only after minutes. */
    public static void awaitTrue(Callable<Boolean> condition) {
        await().pollInterval(POLL).atMost(PATIENCE).until(condition);
    }
}
