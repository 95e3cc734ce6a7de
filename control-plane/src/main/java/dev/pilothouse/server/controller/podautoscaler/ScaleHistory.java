package dev.pilothouse.server.controller.podautoscaler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** What was recommended and done for one autoscaler of late. Not thread-safe. */
final class ScaleHistory {

    private static final Duration LONGEST = Duration.ofHours(1);

    private final Deque<Entry> recommendations = new ArrayDeque<>();
    private final Deque<Entry> changes = new ArrayDeque<>();

    /** A number of replicas, or by how much it was changed. */
    private record Entry(Instant at, int replicas) {}

    /** Begins with what there is. */
    void begin(int current, Instant now) {
        if (recommendations.isEmpty()) {
            recommendations.add(new Entry(now, current));
        }
    }

    void recommended(int replicas, Instant now) {
        prune(recommendations, now);
        recommendations.add(new Entry(now, replicas));
    }

    void scaled(int from, int to, Instant now) {
        prune(changes, now);
        changes.add(new Entry(now, to - from));
    }

    /** The lowest recommendation within a time, or this one. */
    int lowest(int replicas, Duration window, Instant now) {
        return recommendations.stream()
                .filter(entry -> entry.at().isAfter(now.minus(window)))
                .mapToInt(Entry::replicas)
                .reduce(replicas, Math::min);
    }

    /** The highest recommendation within a time, or this one. */
    int highest(int replicas, Duration window, Instant now) {
        return recommendations.stream()
                .filter(entry -> entry.at().isAfter(now.minus(window)))
                .mapToInt(Entry::replicas)
                .reduce(replicas, Math::max);
    }

    /** How many replicas more there are than a time ago, by what was done. */
    int changeWithin(Duration period, Instant now) {
        return changes.stream()
                .filter(entry -> entry.at().isAfter(now.minus(period)))
                .mapToInt(Entry::replicas)
                .sum();
    }

    private static void prune(Deque<Entry> entries, Instant now) {
        while (!entries.isEmpty() && entries.getFirst().at().isBefore(now.minus(LONGEST))) {
            entries.removeFirst();
        }
    }
}
