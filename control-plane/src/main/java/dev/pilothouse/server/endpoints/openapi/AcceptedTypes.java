package dev.pilothouse.server.endpoints.openapi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The media types of Accept headers by preference. Source: RFC 9110 12.5.1. */
final class AcceptedTypes {

    private AcceptedTypes() {}

    /** Types in order of preference, those of quality 0 left out; everything when none is named. */
    static List<String> inOrder(List<String> headers) {
        List<Weighted> all = new ArrayList<>();
        for (String header : headers) {
            for (String clause : header.split(",")) {
                if (!clause.isBlank()) {
                    all.add(parse(clause));
                }
            }
        }
        if (all.isEmpty()) {
            return List.of("*/*");
        }
        return all.stream()
                .filter(type -> type.quality() > 0)
                .sorted(Comparator.comparingDouble(Weighted::quality).reversed())
                .map(Weighted::type)
                .toList();
    }

    private static Weighted parse(String clause) {
        String[] parts = clause.split(";");
        double quality = 1;
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].trim();
            if (parameter.startsWith("q=")) {
                quality = number(parameter.substring(2));
            }
        }
        return new Weighted(parts[0].trim().toLowerCase(Locale.ROOT), quality);
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private record Weighted(String type, double quality) {}
}
