package dev.pilothouse.model.informer;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait after failures in a row: doubling from the first wait up to the longest, each up
 * to twice as long by chance so that many clients do not come back together.
 *
 * @param first wait after the first failure
 * @param longest longest wait before chance is added
 */
public record Backoff(Duration first, Duration longest) {

    /** As client-go's reflectors: 0.8 to 30 seconds. */
    public static final Backoff REFLECTOR =
            new Backoff(Duration.ofMillis(800), Duration.ofSeconds(30));

    /** The wait after so many failures in a row, of which there is at least one. */
    Duration after(int failures) {
        double factor = Math.pow(2, Math.min(failures - 1, 30));
        double millis = Math.min(first.toMillis() * factor, longest.toMillis());
        return Duration.ofMillis((long) (millis * (1 + ThreadLocalRandom.current().nextDouble())));
    }
}
