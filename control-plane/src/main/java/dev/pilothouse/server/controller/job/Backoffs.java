package dev.pilothouse.server.controller.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long jobs wait after pods of theirs have failed: 10 seconds, doubling with each failure in a
 * row up to 10 minutes. Jobs go by uid. Thread-safe. Source: pkg/controller/job/backoff_utils.go.
 */
final class Backoffs {

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Map<String, Failures> failures = new ConcurrentHashMap<>();

    private record Failures(int count, long last) {}

    /**
     * Notes how pods have ended.
     *
     * @param succeededAt when a pod succeeded last, in seconds since 1970, 0 for none
     * @param failedAt when pods failed, in seconds since 1970, the earliest first
     */
    void note(String job, long succeededAt, Iterable<Long> failedAt) {
        Failures before = failures.getOrDefault(job, new Failures(0, 0));
        int count = succeededAt > 0 && succeededAt >= before.last() ? 0 : before.count();
        long last = before.last();
        for (long when : failedAt) {
            if (when > succeededAt) {
                count++;
            }
            last = Math.max(last, when);
        }
        failures.put(job, new Failures(count, last));
    }

    /** How long the job still has to wait. */
    Duration remaining(String job, Instant now) {
        Failures known = failures.get(job);
        return known == null ? Duration.ZERO : remaining(known.count(), known.last(), now);
    }

    /** How long to wait after so many failures in a row, the last at that time. */
    static Duration remaining(int count, long last, Instant now) {
        if (count == 0) {
            return Duration.ZERO;
        }
        long wait = FIRST.toSeconds() << Math.min(count - 1, 20);
        Duration capped = Duration.ofSeconds(Math.min(wait, LONGEST.toSeconds()));
        Duration left = Duration.between(now, Instant.ofEpochSecond(last).plus(capped));
        return left.isNegative() ? Duration.ZERO : left;
    }

    void forget(String job) {
        failures.remove(job);
    }
}
