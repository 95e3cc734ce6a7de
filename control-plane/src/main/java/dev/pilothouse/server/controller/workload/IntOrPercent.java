package dev.pilothouse.server.controller.workload;

import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A number, or a share of another number such as {@code 25%}. Source: util/intstr. */
public final class IntOrPercent {

    private IntOrPercent() {}

    /**
     * The number meant.
     *
     * @param total what a share is of
     * @param rounding what becomes of a fraction: UP or DOWN
     * @param missing the answer when there is no value, or none that can be read
     */
    public static int of(@Nullable JsonNode value, int total, RoundingMode rounding, int missing) {
        if (value == null) {
            return missing;
        }
        if (value.isNumber()) {
            return value.asInt();
        }
        String text = value.asString("");
        if (!text.matches("[0-9]{1,9}%")) {
            return missing;
        }
        long share = Long.parseLong(text.substring(0, text.length() - 1)) * total;
        return (int) (rounding == RoundingMode.UP ? Math.ceilDiv(share, 100) : share / 100);
    }
}
