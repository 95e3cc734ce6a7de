package dev.pilothouse.server.endpoints.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds Prometheus' text form: families in the order in which they are first spoken of. */
final class MetricsText {

    private final Map<String, Family> families = new LinkedHashMap<>();

    private record Family(String type, String help, List<String> samples) {}

    /** Begins a family; one without samples is not shown. */
    MetricsText family(String name, String type, String help) {
        families.putIfAbsent(name, new Family(type, help, new ArrayList<>()));
        return this;
    }

    /** Adds a sample to a family that has begun. */
    void add(String family, Labels labels, String value) {
        Family found = families.get(family);
        if (found == null) {
            throw new IllegalArgumentException("no family " + family);
        }
        found.samples().add(family + labels.text() + " " + value);
    }

    /** The whole text. */
    String text() {
        StringBuilder text = new StringBuilder();
        families.forEach((name, family) -> {
            if (!family.samples().isEmpty()) {
                text.append("# HELP ").append(name).append(' ').append(family.help()).append('\n');
                text.append("# TYPE ").append(name).append(' ').append(family.type()).append('\n');
                family.samples().forEach(sample -> text.append(sample).append('\n'));
            }
        });
        return text.toString();
    }

    /**
     * Labels of a sample.
     *
     * @param text in braces, or empty
     */
    record Labels(String text) {

        static final Labels NONE = new Labels("");

        /** Names and values in turns. */
        static Labels of(String... pairs) {
            StringBuilder text = new StringBuilder("{");
            for (int i = 0; i < pairs.length; i += 2) {
                text.append(i == 0 ? "" : ",")
                        .append(pairs[i])
                        .append("=\"")
                        .append(escape(pairs[i + 1]))
                        .append('"');
            }
            return new Labels(text.append('}').toString());
        }

        private static String escape(String value) {
            return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        }
    }
}
