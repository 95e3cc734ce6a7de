package dev.pilothouse.model.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The two time types: Time has whole seconds, MicroTime six decimals; both are written in UTC.
 * Source: apimachinery meta/v1 time.go and micro_time.go.
 */
final class GoTime {

    private static final String SECONDS_LAYOUT = "2006-01-02T15:04:05Z07:00";
    private static final String MICROS_LAYOUT = "2006-01-02T15:04:05.000000Z07:00";
    private static final Pattern RFC3339 =
            Pattern.compile(
                    "(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)([.,]\\d{1,18})?"
                            + "(Z|[+-]\\d\\d:\\d\\d)");
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private GoTime() {}

    /** The node itself when its text is canonical, else a node with canonical text. */
    static JsonNode conform(String text, boolean micro, JsonNode node) {
        if (plainlyCanonical(text, micro)) {
            return node;
        }
        String canonical = format(parse(text, micro), micro);
        return canonical.equals(text) ? node : JsonNodeFactory.instance.stringNode(canonical);
    }

    /** The common case without allocation: UTC, days that every month has. */
    private static boolean plainlyCanonical(String text, boolean micro) {
        String shape = micro ? "0000-00-00T00:00:00.000000Z" : "0000-00-00T00:00:00Z";
        if (text.length() != shape.length()) {
            return false;
        }
        for (int i = 0; i < shape.length(); i++) {
            char c = text.charAt(i);
            boolean fits = shape.charAt(i) == '0' ? c >= '0' && c <= '9' : c == shape.charAt(i);
            if (!fits) {
                return false;
            }
        }
        int month = twoDigits(text, 5);
        int day = twoDigits(text, 8);
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= 28
                && twoDigits(text, 11) < 24
                && twoDigits(text, 14) < 60
                && twoDigits(text, 17) < 60;
    }

    private static int twoDigits(String text, int at) {
        return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
    }

    /**
     * Reads RFC 3339 text.
     *
     * @throws BodySyntaxException in the words of Go's time.ParseError
     */
    static Instant parse(String text, boolean micro) {
        Matcher matcher = RFC3339.matcher(text);
        if (!matcher.matches()) {
            throw cannotParse(text, micro, text, "2006");
        }
        String fraction = matcher.group(2) == null ? "" : matcher.group(2);
        if (micro && fraction.length() != 7) {
            throw cannotParse(text, true, fraction + matcher.group(3), ".000000");
        }
        try {
            Instant whole =
                    LocalDateTime.parse(matcher.group(1))
                            .toInstant(ZoneOffset.of(matcher.group(3)));
            Instant instant = whole.plusNanos(nanos(fraction));
            return requireWritable(instant);
        } catch (DateTimeException e) {
            throw new BodySyntaxException(
                    "parsing time \"" + text + "\": day, hour, minute or zone out of range");
        }
    }

    private static long nanos(String fraction) {
        if (fraction.isEmpty()) {
            return 0;
        }
        String digits = (fraction.substring(1) + "000000000").substring(0, 9);
        return Long.parseLong(digits);
    }

    /**
     * The instant of a protobuf timestamp.
     *
     * @throws BodySyntaxException when its year has not four digits
     */
    static Instant ofEpoch(long seconds, int nanos) {
        try {
            return requireWritable(Instant.ofEpochSecond(seconds, nanos));
        } catch (DateTimeException | ArithmeticException e) {
            throw yearOutOfRange();
        }
    }

    private static Instant requireWritable(Instant instant) {
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw yearOutOfRange();
        }
        return instant;
    }

    private static BodySyntaxException yearOutOfRange() {
        return new BodySyntaxException("Time.MarshalJSON: year outside of range [0,9999]");
    }

    /** Canonical text. */
    static String format(Instant instant, boolean micro) {
        return micro
                ? MICROS.format(instant.truncatedTo(ChronoUnit.MICROS))
                : SECONDS.format(instant);
    }

    private static BodySyntaxException cannotParse(
            String text, boolean micro, String rest, String element) {
        return new BodySyntaxException(
                "parsing time \""
                        + text
                        + "\" as \""
                        + (micro ? MICROS_LAYOUT : SECONDS_LAYOUT)
                        + "\": cannot parse \""
                        + rest
                        + "\" as \""
                        + element
                        + "\"");
    }
}
