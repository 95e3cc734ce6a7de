package dev.pilothouse.model.schedule;

import java.util.Locale;
import java.util.Map;

/**
 * One field of a schedule as a set of bits; bit 63 says that it was a star.
 *
 * @param bits bit n is set when the value n matches
 */
record CronField(long bits) {

    private static final long STAR = 1L << 63;

    private static final Map<String, Integer> MONTHS =
            Map.ofEntries(
                    Map.entry("jan", 1),
                    Map.entry("feb", 2),
                    Map.entry("mar", 3),
                    Map.entry("apr", 4),
                    Map.entry("may", 5),
                    Map.entry("jun", 6),
                    Map.entry("jul", 7),
                    Map.entry("aug", 8),
                    Map.entry("sep", 9),
                    Map.entry("oct", 10),
                    Map.entry("nov", 11),
                    Map.entry("dec", 12));
    private static final Map<String, Integer> DAYS =
            Map.of("sun", 0, "mon", 1, "tue", 2, "wed", 3, "thu", 4, "fri", 5, "sat", 6);

    /** The fields in the order of a schedule, with what they allow. */
    enum Kind {
        MINUTE(0, 59, Map.of()),
        HOUR(0, 23, Map.of()),
        DAY_OF_MONTH(1, 31, Map.of()),
        MONTH(1, 12, MONTHS),
        DAY_OF_WEEK(0, 6, DAYS);

        private final int min;
        private final int max;
        private final Map<String, Integer> names;

        Kind(int min, int max, Map<String, Integer> names) {
            this.min = min;
            this.max = max;
            this.names = names;
        }
    }

    static CronField parse(String text, Kind kind) {
        long bits = 0;
        for (String part : text.split(",")) {
            if (!part.isEmpty()) {
                bits |= range(part, kind);
            }
        }
        return new CronField(bits);
    }

    boolean matches(int value) {
        return (bits & 1L << value) != 0;
    }

    boolean isStar() {
        return (bits & STAR) != 0;
    }

    private static long range(String part, Kind kind) {
        String[] rangeAndStep = part.split("/", -1);
        String[] lowAndHigh = rangeAndStep[0].split("-", -1);
        boolean star = lowAndHigh[0].equals("*") || lowAndHigh[0].equals("?");
        if (lowAndHigh.length > 2) {
            throw new IllegalArgumentException("too many hyphens: " + part);
        }
        if (rangeAndStep.length > 2) {
            throw new IllegalArgumentException("too many slashes: " + part);
        }
        int start = star ? kind.min : value(lowAndHigh[0], kind);
        int end = star ? kind.max : lowAndHigh.length == 2 ? value(lowAndHigh[1], kind) : start;
        int step = 1;
        if (rangeAndStep.length == 2) {
            step = number(rangeAndStep[1]);
            if (!star && lowAndHigh.length == 1) {
                end = kind.max;
            }
        }
        check(start, end, step, part, kind);
        long bits = star && step == 1 ? STAR : 0;
        for (int value = start; value <= end; value += step) {
            bits |= 1L << value;
        }
        return bits;
    }

    private static void check(int start, int end, int step, String part, Kind kind) {
        String complaint = null;
        if (start < kind.min) {
            complaint = "beginning of range (" + start + ") below minimum (" + kind.min + "): ";
        } else if (end > kind.max) {
            complaint = "end of range (" + end + ") above maximum (" + kind.max + "): ";
        } else if (start > end) {
            complaint = "beginning of range (" + start + ") beyond end of range (" + end + "): ";
        } else if (step == 0) {
            complaint = "step of range should be a positive number: ";
        }
        if (complaint != null) {
            throw new IllegalArgumentException(complaint + part);
        }
    }

    private static int value(String text, Kind kind) {
        Integer named = kind.names.get(text.toLowerCase(Locale.ROOT));
        return named != null ? named : number(text);
    }

    private static int number(String text) {
        int number;
        try {
            number = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "failed to parse int from "
                            + text
                            + ": strconv.Atoi: parsing \""
                            + text
                            + "\": invalid syntax",
                    e);
        }
        if (number < 0) {
            throw new IllegalArgumentException(
                    "negative number (" + number + ") not allowed: " + text);
        }
        return number;
    }
}
