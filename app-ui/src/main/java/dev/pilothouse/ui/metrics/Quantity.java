package dev.pilothouse.ui.metrics;

import java.math.BigDecimal;
import java.util.Map;

/** Reads Kubernetes' quantities: {@code 250m}, {@code 1.5}, {@code 64Mi}, {@code 12345n}. */
final class Quantity {

    private static final Map<String, BigDecimal> UNITS =
            Map.ofEntries(
                    Map.entry("n", new BigDecimal("1e-9")),
                    Map.entry("u", new BigDecimal("1e-6")),
                    Map.entry("m", new BigDecimal("1e-3")),
                    Map.entry("k", new BigDecimal("1e3")),
                    Map.entry("M", new BigDecimal("1e6")),
                    Map.entry("G", new BigDecimal("1e9")),
                    Map.entry("T", new BigDecimal("1e12")),
                    Map.entry("P", new BigDecimal("1e15")),
                    Map.entry("E", new BigDecimal("1e18")),
                    Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
                    Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
                    Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
                    Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
                    Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
                    Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

    private Quantity() {}

    /** The number; NaN when it is none. */
    static double of(String text) {
        int end = text.length();
        while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
            end--;
        }
        BigDecimal unit = end == text.length() ? BigDecimal.ONE : UNITS.get(text.substring(end));
        try {
            // An exponent ends in digits and is read by BigDecimal itself.
            return unit == null
                    ? Double.NaN
                    : new BigDecimal(text.substring(0, end)).multiply(unit).doubleValue();
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
