package dev.pilothouse.server.registry.apiextensions.cel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them, such as {@code 1h30m}. */
final class GoDurations {

    private static final Pattern WHOLE =
            Pattern.compile("[+-]?(0|((\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+)");
    private static final Pattern PART = Pattern.compile("([\\d.]+)(ns|us|µs|μs|ms|s|m|h)");

    private GoDurations() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException when it is not one
     */
    static Duration parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("Invalid duration " + text);
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit(part.group(2))));
        }
        BigDecimal whole = nanos.setScale(0, RoundingMode.DOWN);
        if (whole.toBigInteger().bitLength() > 63) {
            throw new IllegalArgumentException("Invalid duration " + text);
        }
        Duration duration = Duration.ofNanos(whole.longValue());
        return text.startsWith("-") ? duration.negated() : duration;
    }

    private static BigDecimal unit(String unit) {
        return BigDecimal.valueOf(
                switch (unit) {
                    case "ns" -> 1L;
                    case "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "h" -> 3_600_000_000_000L;
                    default -> 1_000L;
                });
    }
}
