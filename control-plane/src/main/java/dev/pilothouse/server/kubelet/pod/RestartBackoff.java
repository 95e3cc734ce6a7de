package dev.pilothouse.server.kubelet.pod;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long containers that keep ending wait before they are started again: ten seconds, then twice
 * as long each time up to five minutes; a container that has run for ten minutes begins anew. Used
 * by one thread. Source: the kubelet's container restart back-off.
 */
final class RestartBackoff {

    static final Duration FIRST = Duration.ofSeconds(10);
    static final Duration LONGEST = Duration.ofMinutes(5);

    private final Map<String, Entry> entries = new HashMap<>();

    private record Entry(Duration delay, Instant since) {}

    /**
     * When a container may be started again; null when at once.
     *
     * @param finishedAt when it ended
     */
    @Nullable Instant blockedUntil(String name, Instant finishedAt, Instant now) {
        Entry entry = entries.get(name);
        if (entry == null || isOver(entry, finishedAt)) {
            return null;
        }
        Instant until = finishedAt.plus(entry.delay());
        return until.isAfter(now) ? until : null;
    }

    /** How long it waits. */
    Duration delay(String name) {
        Entry entry = entries.get(name);
        return entry == null ? Duration.ZERO : entry.delay();
    }

    /** It is being started again after it ended. */
    void started(String name, Instant finishedAt, Instant now) {
        Entry entry = entries.get(name);
        Duration delay = FIRST;
        if (entry != null && !isOver(entry, finishedAt)) {
            Duration twice = entry.delay().multipliedBy(2);
            delay = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
        }
        entries.put(name, new Entry(delay, now));
    }

    private static boolean isOver(Entry entry, Instant finishedAt) {
        return Duration.between(entry.since(), finishedAt).compareTo(LONGEST.multipliedBy(2)) > 0;
    }

    /** As Go writes durations: {@code 10s}, {@code 1m20s}, {@code 5m0s}. */
    static String text(Duration delay) {
        long seconds = delay.toSeconds();
        return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
    }
}
