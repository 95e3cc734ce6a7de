package dev.pilothouse.server.registry.validation;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks values that are a whole number or a percentage. Source: pkg/apis/apps/validation and
 * apimachinery's util/intstr.
 */
public final class IntOrPercent {

    private static final String NOT_PERCENT =
            "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%', "
                    + " or '93%', regex used for validation is '[0-9]+%')";

    private IntOrPercent() {}

    /** Complains about negative numbers and about text that is not digits and a percent sign. */
    public static void validateNonNegative(
            @Nullable JsonNode value, FieldPath path, FieldErrors errors) {
        if (value == null) {
            return;
        }
        if (value.isString()) {
            if (!isPercent(value.stringValue())) {
                errors.invalid(path, value, NOT_PERCENT);
            }
        } else if (value.isNumber()) {
            if (value.asLong() < 0) {
                errors.invalid(path, value, "must be greater than or equal to 0");
            }
        } else {
            errors.invalid(path, value, "must be an integer or percentage (e.g '5%%')");
        }
    }

    /** Complains about percentages above 100. */
    public static void validateAtMost100Percent(
            @Nullable JsonNode value, FieldPath path, FieldErrors errors) {
        if (value != null && value.isString() && percent(value) > 100) {
            errors.invalid(path, value, "must not be greater than 100%");
        }
    }

    /** The number itself, or the number before the percent sign; 0 when it is neither. */
    public static long plainValue(@Nullable JsonNode value) {
        if (value == null) {
            return 0;
        }
        return value.isString() ? Math.max(percent(value), 0) : value.asLong(0);
    }

    /** Whether the text is a percentage. */
    public static boolean isPercent(String text) {
        int last = text.length() - 1;
        if (last < 1 || text.charAt(last) != '%') {
            return false;
        }
        for (int i = 0; i < last; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static long percent(JsonNode value) {
        String text = value.stringValue();
        if (!isPercent(text)) {
            return -1;
        }
        return text.length() > 10
                ? Integer.MAX_VALUE
                : Long.parseLong(text, 0, text.length() - 1, 10);
    }
}
