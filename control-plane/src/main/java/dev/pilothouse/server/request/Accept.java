package dev.pilothouse.server.request;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads Accept headers. The caller takes the first clause that it can serve; clauses are ordered by
 * weight, then exact types before ranges, then as written. Source: RFC 9110 section 12.5.1 and
 * apiserver's negotiation.
 */
public final class Accept {

    private static final List<AcceptClause> ANYTHING = List.of(new AcceptClause("*/*", Map.of()));

    private Accept() {}

    /** The clauses in order of preference; a missing or empty header accepts anything. */
    public static List<AcceptClause> parse(String header) {
        if (header.isBlank()) {
            return ANYTHING;
        }
        List<Weighted> clauses = new ArrayList<>();
        for (String part : header.split(",", -1)) {
            if (!part.isBlank()) {
                clauses.add(clause(part));
            }
        }
        return clauses.stream()
                .filter(clause -> clause.weight > 0)
                .sorted(
                        Comparator.comparingDouble((Weighted clause) -> -clause.weight)
                                .thenComparingInt(clause -> clause.clause.breadth()))
                .map(Weighted::clause)
                .toList();
    }

    private static Weighted clause(String text) {
        String[] parts = text.split(";", -1);
        double weight = 1;
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 0) {
                continue;
            }
            String name = parts[i].substring(0, equals).strip();
            String value = unquote(parts[i].substring(equals + 1).strip());
            if (name.equals("q")) {
                weight = weight(value);
            } else {
                parameters.put(name, value);
            }
        }
        return new Weighted(
                new AcceptClause(parts[0].strip().toLowerCase(Locale.ROOT), parameters), weight);
    }

    private static double weight(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    private static String unquote(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    private record Weighted(AcceptClause clause, double weight) {}
}
