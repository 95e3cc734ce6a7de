package dev.pilothouse.server.controller.daemonset;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long to wait until a pod that failed on a node is replaced: from a second up to fifteen
 * minutes, doubling. Thread-safe.
 */
final class FailureBackoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int REMEMBERED = 10_000;

    private final Map<String, Failure> entries =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Failure> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private record Failure(Instant since, Duration pause) {}

    /**
     * How much longer to wait; zero when the pod may be replaced now, which counts as another
     * failure.
     */
    synchronized Duration next(String key, Instant now) {
        Failure entry = entries.get(key);
        if (entry != null) {
            Duration left = Duration.between(now, entry.since().plus(entry.pause()));
            if (left.isPositive()) {
                return left;
            }
            if (left.negated().compareTo(LONGEST) > 0) {
                entry = null;
            }
        }
        Duration wait = entry == null ? FIRST : entry.pause().multipliedBy(2);
        entries.remove(key);
        entries.put(key, new Failure(now, wait.compareTo(LONGEST) < 0 ? wait : LONGEST));
        return Duration.ZERO;
    }
}
