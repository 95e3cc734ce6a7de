package dev.pilothouse.server.controller.objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Values that are a whole number or a share. Source: apimachinery's util/intstr. */
public final class IntOrPercent {

    private IntOrPercent() {}

    /** Whether it is a share such as {@code 25%}. */
    public static boolean isPercent(@Nullable JsonNode value) {
        return value != null && value.isString();
    }

    /**
     * The number that a value means.
     *
     * @param total what a share is a share of
     * @param roundUp whether parts of one count as one
     * @throws IllegalArgumentException when it is neither a number nor a share
     */
    public static int of(JsonNode value, int total, boolean roundUp) {
        if (!value.isString()) {
            return value.asInt(0);
        }
        String text = value.stringValue();
        if (!text.endsWith("%")) {
            throw new IllegalArgumentException(
                    "invalid value for IntOrString: invalid type: string is not a percentage");
        }
        long product = Long.parseLong(text.substring(0, text.length() - 1)) * total;
        return Math.toIntExact(roundUp ? Math.ceilDiv(product, 100L) : product / 100);
    }
}
