package dev.pilothouse.ui.logs.store;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The times in front of log lines: RFC 3339 with up to nine digits, as nanoseconds since 1970. */
public final class Timestamps {

    /** What {@link #parse} answers when the bytes do not begin with a time. */
    public static final long NONE = Long.MIN_VALUE;

    private static final long NANOS = 1_000_000_000L;
    private static final int SECONDS_END = 19;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private Timestamps() {}

    /**
     * The time that bytes begin with.
     *
     * @return nanoseconds since 1970, or {@link #NONE}
     */
    public static long parse(byte[] bytes, int from, int to) {
        if (to - from <= SECONDS_END
                || bytes[from + 4] != '-'
                || bytes[from + 7] != '-'
                || bytes[from + 10] != 'T'
                || bytes[from + 13] != ':'
                || bytes[from + 16] != ':') {
            return NONE;
        }
        int year = number(bytes, from, 4);
        int month = number(bytes, from + 5, 2);
        int day = number(bytes, from + 8, 2);
        int hour = number(bytes, from + 11, 2);
        int minute = number(bytes, from + 14, 2);
        int second = number(bytes, from + 17, 2);
        if ((year | month | day | hour | minute | second) < 0 || month > 12 || month < 1) {
            return NONE;
        }
        int at = from + SECONDS_END;
        long nanos = 0;
        if (bytes[at] == '.') {
            at++;
            long unit = NANOS / 10;
            while (at < to && isDigit(bytes[at])) {
                nanos += (bytes[at] - '0') * unit;
                unit /= 10;
                at++;
            }
        }
        long offset = offset(bytes, at, to);
        if (offset == NONE) {
            return NONE;
        }
        long seconds = days(year, month, day) * 86_400 + hour * 3600L + minute * 60L + second;
        return (seconds - offset) * NANOS + nanos;
    }

    /** Where the text after the time begins: after the blank that follows it. */
    public static int end(byte[] bytes, int from, int to) {
        int at = from + SECONDS_END;
        while (at < to && bytes[at] != ' ') {
            at++;
        }
        return Math.min(to, at + 1);
    }

    /** As RFC 3339 in UTC with nine digits: all times have the same width. */
    public static String format(long nanos) {
        long second = Math.floorDiv(nanos, NANOS);
        String whole =
                DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                        Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC));
        // ISO_LOCAL_DATE_TIME leaves out seconds only when it is told to parse; it prints them.
        return whole + "." + digits(Math.floorMod(nanos, NANOS)) + "Z";
    }

    /** The time of day with milliseconds, where the user lives. */
    public static String clock(long nanos, ZoneId zone) {
        return CLOCK.format(instant(nanos).atZone(zone));
    }

    /** The same moment. */
    public static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    private static String digits(long fraction) {
        String text = Long.toString(fraction);
        return "000000000".substring(text.length()) + text;
    }

    private static long offset(byte[] bytes, int at, int to) {
        if (at >= to) {
            return NONE;
        }
        if (bytes[at] == 'Z') {
            return 0;
        }
        if ((bytes[at] != '+' && bytes[at] != '-') || at + 6 > to || bytes[at + 3] != ':') {
            return NONE;
        }
        int hours = number(bytes, at + 1, 2);
        int minutes = number(bytes, at + 4, 2);
        if ((hours | minutes) < 0) {
            return NONE;
        }
        long seconds = hours * 3600L + minutes * 60L;
        return bytes[at] == '-' ? -seconds : seconds;
    }

    /** Days since 1970 of a date of the Gregorian calendar, by counting years from March on. */
    private static long days(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int fromMarch = (month + 9) % 12;
        long leap = Math.floorDiv(y, 4) - Math.floorDiv(y, 100) + Math.floorDiv(y, 400);
        return y * 365L + leap + (fromMarch * 306L + 5) / 10 + day - 1 - 719_468L;
    }

    private static int number(byte[] bytes, int from, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            if (!isDigit(bytes[i])) {
                return -1;
            }
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
