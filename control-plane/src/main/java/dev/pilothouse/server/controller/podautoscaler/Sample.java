package dev.pilothouse.server.controller.podautoscaler;

import java.time.Duration;
import java.time.Instant;

/**
 * How much of a resource a pod, or one of its containers, used.
 *
 * @param milli thousandths of its unit
 * @param at the end of the time over which it was measured
 * @param window the length of that time
 */
record Sample(long milli, Instant at, Duration window) {

    static Sample assumed(long milli) {
        return new Sample(milli, Instant.EPOCH, Duration.ZERO);
    }
}
