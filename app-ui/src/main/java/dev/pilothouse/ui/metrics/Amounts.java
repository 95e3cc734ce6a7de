package dev.pilothouse.ui.metrics;

import dev.pilothouse.model.meta.Quantity;

/** Kubernetes' quantities as numbers that can be drawn. */
final class Amounts {

    private Amounts() {}

    /** The number; NaN when it is none. */
    static double of(String text) {
        return Quantity.isValid(text) ? Quantity.parse(text).amount().doubleValue() : Double.NaN;
    }
}
