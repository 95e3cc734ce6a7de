package dev.pilothouse.server.metrics;

import java.util.List;

/** Pieces of the Prometheus text format. */
final class Samples {

    private Samples() {}

    /** Appends {@code a="b",c="d"}. */
    static void labels(StringBuilder out, List<String> names, List<String> values) {
        for (int i = 0; i < names.size(); i++) {
            out.append(i == 0 ? "" : ",").append(names.get(i)).append("=\"");
            escape(out, values.get(i));
            out.append('"');
        }
    }

    /** Appends a number, whole ones without a fraction. */
    static void number(StringBuilder out, double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            out.append((long) value);
        } else if (Double.isInfinite(value)) {
            out.append(value > 0 ? "+Inf" : "-Inf");
        } else {
            out.append(value);
        }
    }

    private static void escape(StringBuilder out, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '"' -> out.append("\\\"");
                case '\n' -> out.append("\\n");
                default -> out.append(c);
            }
        }
    }
}
