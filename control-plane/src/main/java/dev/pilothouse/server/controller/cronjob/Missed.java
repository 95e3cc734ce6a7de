package dev.pilothouse.server.controller.cronjob;

import dev.pilothouse.model.schedule.CronSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The times of a schedule that have passed.
 *
 * @param latest the latest of them, null when there is none
 * @param many whether there are more than a hundred
 */
record Missed(@Nullable Instant latest, boolean many) {

    private static final long MANY = 100;
    private static final Missed NONE = new Missed(null, false);

    /**
     * Finds the latest time after one moment and not after another, without going through all of
     * them: it looks back from the end, further each time.
     */
    static Missed between(CronSchedule schedule, ZoneId zone, Instant after, Instant until) {
        Instant first = schedule.next(after, zone).orElse(null);
        if (first == null || first.isAfter(until)) {
            return NONE;
        }
        Instant second = schedule.next(first, zone).orElse(null);
        if (second == null || second.isAfter(until)) {
            return new Missed(first, false);
        }
        Duration step = Duration.between(first, second);
        boolean many = Duration.between(first, until).dividedBy(step) + 1 > MANY;
        for (Duration back = step; ; back = back.multipliedBy(2)) {
            Instant from = until.minus(back);
            if (!from.isAfter(second)) {
                return new Missed(last(schedule, zone, first, until), many);
            }
            Instant next = schedule.next(from, zone).orElse(null);
            if (next != null && !next.isAfter(until)) {
                return new Missed(last(schedule, zone, next, until), many);
            }
        }
    }

    private static Instant last(CronSchedule schedule, ZoneId zone, Instant known, Instant until) {
        Instant last = known;
        Instant next = schedule.next(last, zone).orElse(null);
        while (next != null && !next.isAfter(until)) {
            last = next;
            next = schedule.next(last, zone).orElse(null);
        }
        return last;
    }
}
