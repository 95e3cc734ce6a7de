package dev.pilothouse.server.pipeline.filters;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads Go's durations, such as {@code 1m30s}. Source: Go's time.ParseDuration. */
final class GoDuration {

    private static final Pattern PART =
            Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Double> NANOS =
            Map.of("ns", 1.0, "us", 1e3, "µs", 1e3, "ms", 1e6, "s", 1e9, "m", 60e9, "h", 3600e9);

    private GoDuration() {}

    /** The duration, or null when it is not one. */
    static @Nullable Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        boolean negative = text.startsWith("-");
        String rest = negative || text.startsWith("+") ? text.substring(1) : text;
        Matcher part = PART.matcher(rest);
        double nanos = 0;
        int at = 0;
        while (at < rest.length() && part.find(at) && part.start() == at) {
            Double unit = NANOS.get(part.group(2));
            nanos += Double.parseDouble(part.group(1)) * (unit == null ? 0 : unit);
            at = part.end();
        }
        if (at == 0 || at < rest.length() || nanos > Long.MAX_VALUE) {
            return null;
        }
        return Duration.ofNanos((long) (negative ? -nanos : nanos));
    }
}
