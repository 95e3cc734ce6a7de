package dev.pilothouse.model.meta;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/**
 * Durations as kubectl shows ages: two units at most, fewer the longer it is. Source: apimachinery
 * util/duration HumanDuration.
 */
public final class HumanDuration {

    /** Shown for a time that is not set. */
    public static final String UNKNOWN = "<unknown>";

    /** Shown for a time that lies in the future or cannot be read. */
    public static final String INVALID = "<invalid>";

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24;
    private static final long YEAR = 365 * DAY;

    private HumanDuration() {}

    /** For example {@code 5s}, {@code 3m20s}, {@code 4h3m}, {@code 2d4h}, {@code 1y20d}. */
    public static String of(Duration duration) {
        long seconds = duration.toMillis() / 1000;
        if (seconds < -1) {
            return INVALID;
        }
        if (seconds < 2 * MINUTE) {
            return Math.max(0, seconds) + "s";
        }
        long minutes = seconds / MINUTE;
        if (minutes < 10) {
            return pair(minutes, "m", seconds % MINUTE, "s");
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        long hours = seconds / HOUR;
        if (hours < 8) {
            return pair(hours, "h", minutes % 60, "m");
        }
        if (hours < 2 * DAY) {
            return hours + "h";
        }
        return days(hours);
    }

    /**
     * The age of a timestamp field: {@link #UNKNOWN} when it is empty, {@link #INVALID} when it is
     * not RFC 3339.
     */
    public static String since(String timestamp, Instant now) {
        if (timestamp.isEmpty()) {
            return UNKNOWN;
        }
        try {
            Instant then = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(timestamp, Instant::from);
            return of(Duration.between(then, now));
        } catch (DateTimeException e) {
            return INVALID;
        }
    }

    private static String days(long hours) {
        if (hours < 8 * DAY) {
            return pair(hours / DAY, "d", hours % DAY, "h");
        }
        if (hours < 2 * YEAR) {
            return hours / DAY + "d";
        }
        if (hours < 8 * YEAR) {
            return pair(hours / YEAR, "y", hours / DAY % 365, "d");
        }
        return hours / YEAR + "y";
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        return small == 0 ? large + largeUnit : large + largeUnit + small + smallUnit;
    }
}
