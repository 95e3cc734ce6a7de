package dev.pilothouse.model.schema.structural;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The formats of texts that are checked; others are not. Source: kube-openapi
 * pkg/validation/strfmt.
 */
final class TextFormats {

    private static final String H = "[0-9a-fA-F]";
    private static final Pattern UUID =
            Pattern.compile(
                    "(?i)^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$");
    private static final Pattern MAC =
            Pattern.compile("^" + H + "{2}([:-]" + H + "{2}){5}(([:-]" + H + "{2}){2})?$");
    private static final Pattern EMAIL =
            Pattern.compile("^(?:\"[^\"]+\"|[^\\s@<>,;:\"()\\[\\]]+)@[^\\s@<>,;:\"()]+$");
    private static final Pattern HOSTNAME =
            Pattern.compile(
                    "^([a-zA-Z0-9\\p{L}]([a-zA-Z0-9\\p{L}-]{0,61}[a-zA-Z0-9\\p{L}])?)"
                            + "(\\.[a-zA-Z0-9\\p{L}]([a-zA-Z0-9\\p{L}-]{0,61}[a-zA-Z0-9\\p{L}])?)*\\.?$");
    private static final Pattern DURATION =
            Pattern.compile(
                    "^[+-]?(0|([0-9]*\\.?[0-9]+|[0-9]+\\.)(ns|us|\u00b5s|\u03bcs|ms|s|m|h))+$");
    private static final Pattern LONG_DURATION =
            Pattern.compile(
                    "(?i)^([0-9]+\\s*(ns|nanos?|nanoseconds?|us|\u00b5s|micros?|microseconds?|ms|millis?|"
                            + "milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?)\\s*)+$");
    private static final Pattern HEX_COLOR = Pattern.compile("^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$");
    private static final Pattern SHORT_NAME =
            Pattern.compile("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$");
    private static final Pattern LONG_NAME =
            Pattern.compile("^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$");

    private TextFormats() {}

    static boolean isValid(String format, String text) {
        return switch (format) {
            case "date-time" -> isDateTime(text);
            case "date" -> isDate(text);
            case "email" -> EMAIL.matcher(text).matches();
            case "hostname" -> text.length() <= 255 && HOSTNAME.matcher(text).matches();
            case "ipv4" -> IpText.isV4(text);
            case "ipv6" -> IpText.isV6(text);
            case "cidr" -> IpText.isCidr(text);
            case "mac" -> MAC.matcher(text).matches();
            case "uri" -> isUri(text);
            case "uuid", "uuid3", "uuid4", "uuid5" -> isUuid(format, text);
            case "byte" -> isBase64(text);
            case "duration" ->
                    DURATION.matcher(text).matches() || LONG_DURATION.matcher(text).matches();
            case "hexcolor" -> HEX_COLOR.matcher(text).matches();
            case "k8s-short-name" -> SHORT_NAME.matcher(text).matches();
            case "k8s-long-name" -> text.length() <= 253 && LONG_NAME.matcher(text).matches();
            default -> true;
        };
    }

    private static boolean isDateTime(String text) {
        try {
            OffsetDateTime.parse(text.toUpperCase(Locale.ROOT));
            return text.length() >= "2006-01-02T15:04:05Z".length();
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return text.length() == "2006-01-02".length();
        } catch (DateTimeException _) {
            return false;
        }
    }

    /** Go's url.ParseRequestURI: an absolute URI, or an absolute path. */
    private static boolean isUri(String text) {
        try {
            URI uri = new URI(text);
            return uri.isAbsolute() || text.startsWith("/");
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static boolean isUuid(String format, String text) {
        if (!UUID.matcher(text).matches()) {
            return false;
        }
        String digits = text.replace("-", "");
        return format.equals("uuid") || digits.charAt(12) == format.charAt(4);
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return text.length() % 4 == 0;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
