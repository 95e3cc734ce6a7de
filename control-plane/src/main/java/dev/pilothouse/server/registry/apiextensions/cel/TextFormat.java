package dev.pilothouse.server.registry.apiextensions.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes values into a text at {@code %s}, {@code %d}, {@code %f}, {@code %e}, {@code %b}, {@code
 * %o}, {@code %x} and {@code %X}. Source: cel-go's ext/formatting.go.
 */
final class TextFormat {

    private static final int DEFAULT_PRECISION = 6;
    private static final int MAX_PRECISION = 1000;

    private TextFormat() {}

    /**
     * The text with its clauses filled in.
     *
     * @throws IllegalArgumentException when values are missing or cannot be written so
     */
    static String format(String format, List<?> values) {
        StringBuilder text = new StringBuilder();
        int next = 0;
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at++);
            if (c != '%') {
                text.append(c);
                continue;
            }
            if (at < format.length() && format.charAt(at) == '%') {
                text.append('%');
                at++;
                continue;
            }
            int precision = DEFAULT_PRECISION;
            if (at < format.length() && format.charAt(at) == '.') {
                int end = at + 1;
                while (end < format.length() && Character.isDigit(format.charAt(end))) {
                    end++;
                }
                precision = precision(format.substring(at + 1, end));
                at = end;
            }
            if (at == format.length()) {
                throw new IllegalArgumentException("unexpected end of string");
            }
            if (next >= values.size()) {
                throw new IllegalArgumentException("index " + next + " out of range");
            }
            String written = write(format.charAt(at++), precision, values.get(next++));
            CostMeter.charge(written.length() / 10);
            text.append(written);
        }
        return text.toString();
    }

    private static int precision(String digits) {
        if (digits.isEmpty()) {
            return DEFAULT_PRECISION;
        }
        if (digits.length() > 4 || Integer.parseInt(digits) > MAX_PRECISION) {
            throw new IllegalArgumentException("precision too large: " + digits);
        }
        return Integer.parseInt(digits);
    }

    private static String write(char verb, int precision, Object value) {
        return switch (verb) {
            case 's' -> show(value);
            case 'd' -> decimal(value);
            case 'f' -> fixed(value, precision);
            case 'e' -> scientific(value, precision);
            case 'b' ->
                    value instanceof Boolean flag ? (flag ? "1" : "0") : integer(verb, value, 2);
            case 'o' -> integer(verb, value, 8);
            case 'x' -> hexadecimal(value);
            case 'X' -> hexadecimal(value).toUpperCase(Locale.ROOT);
            default ->
                    throw new IllegalArgumentException(
                            "could not parse formatting clause: unrecognized formatting clause \""
                                    + verb
                                    + "\"");
        };
    }

    private static String decimal(Object value) {
        return value instanceof Double odd && !Double.isFinite(odd)
                ? show(value)
                : integer('d', value, 10);
    }

    private static String integer(char verb, Object value, int radix) {
        return switch (value) {
            case Long number -> Long.toString(number, radix);
            case UnsignedLong number -> number.toString(radix);
            default ->
                    throw new IllegalArgumentException(
                            "error during formatting: %"
                                    + verb
                                    + " clause can only be used on integers");
        };
    }

    private static String hexadecimal(Object value) {
        return switch (value) {
            case String text ->
                    HexFormat.of()
                            .formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            case CelByteString bytes -> HexFormat.of().formatHex(bytes.toByteArray());
            default -> integer('x', value, 16);
        };
    }

    private static String fixed(Object value, int precision) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            return show(value);
        }
        return number('f', value).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String scientific(Object value, int precision) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            return show(value);
        }
        BigDecimal number = number('e', value);
        if (number.signum() == 0) {
            return fixed(0.0, precision) + "e+00";
        }
        BigDecimal rounded = number.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        String mantissa = rounded.movePointLeft(exponent).setScale(precision).toPlainString();
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + "%02d".formatted(Math.abs(exponent));
    }

    private static BigDecimal number(char verb, Object value) {
        return switch (value) {
            case Double number -> new BigDecimal(number);
            case Long number -> BigDecimal.valueOf(number);
            case UnsignedLong number -> new BigDecimal(number.bigIntegerValue());
            default ->
                    throw new IllegalArgumentException(
                            "error during formatting: %"
                                    + verb
                                    + " clause can only be used on numbers");
        };
    }

    /** A value as {@code %s} writes it. */
    static String show(Object value) {
        return switch (value) {
            case String text -> text;
            case Double number -> number(number);
            case Boolean flag -> flag.toString();
            case Number number -> number.toString();
            case CelByteString bytes -> bytes.toStringUtf8();
            case NullValue _ -> "null";
            case Instant time -> time.toString();
            case Duration duration -> seconds(duration);
            case TypeType type -> type.containingTypeName();
            case List<?> list ->
                    "[" + String.join(", ", list.stream().map(TextFormat::show).toList()) + "]";
            case Map<?, ?> map -> entries(map);
            default ->
                    throw new IllegalArgumentException(
                            "error during formatting: string clause can only be used on strings, bools,"
                                    + " bytes, ints, doubles, maps, lists, types, durations, and"
                                    + " timestamps");
        };
    }

    private static String entries(Map<?, ?> map) {
        Map<String, String> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(show(key), show(value)));
        return "{"
                + String.join(
                        ", ",
                        sorted.entrySet().stream()
                                .map(entry -> entry.getKey() + ": " + entry.getValue())
                                .toList())
                + "}";
    }

    private static String number(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "Infinity" : "-Infinity";
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private static String seconds(Duration duration) {
        BigDecimal seconds =
                BigDecimal.valueOf(duration.getSeconds())
                        .add(BigDecimal.valueOf(duration.getNano(), 9));
        return (seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString()) + "s";
    }
}
