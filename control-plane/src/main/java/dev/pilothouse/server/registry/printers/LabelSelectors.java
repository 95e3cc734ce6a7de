package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Label selectors as text. Source: meta/v1 FormatLabelSelector. */
final class LabelSelectors {

    private static final String ERROR = "<error>";

    private LabelSelectors() {}

    /** For example {@code app=web,tier in (a,b),!old}; {@code <none>} when it selects all. */
    static String format(@Nullable JsonNode selector) {
        String text = text(selector, ERROR);
        return text.isEmpty() ? Cells.NONE : text;
    }

    /** The bare text, empty when it selects everything; {@code invalid} for a bad operator. */
    static String text(@Nullable JsonNode selector, String invalid) {
        if (selector == null) {
            // A missing selector matches nothing, and labels.Nothing() has no text.
            return "";
        }
        List<Requirement> requirements = new ArrayList<>();
        for (Map.Entry<String, String> label : Json.stringMap(selector, "matchLabels").entrySet()) {
            requirements.add(
                    new Requirement(label.getKey(), label.getKey() + "=" + label.getValue()));
        }
        for (ObjectNode expression : Json.objects(selector, "matchExpressions")) {
            String key = Json.text(expression, "key");
            String values =
                    Json.at(expression, "values") == null
                            ? ""
                            : String.join(
                                    ",",
                                    expression
                                            .get("values")
                                            .valueStream()
                                            .map(Cells::plain)
                                            .sorted()
                                            .toList());
            String text =
                    switch (Json.text(expression, "operator")) {
                        case "In" -> key + " in (" + values + ")";
                        case "NotIn" -> key + " notin (" + values + ")";
                        case "Exists" -> key;
                        case "DoesNotExist" -> "!" + key;
                        default -> "";
                    };
            if (text.isEmpty()) {
                return invalid;
            }
            requirements.add(new Requirement(key, text));
        }
        requirements.sort((a, b) -> a.key().compareTo(b.key()));
        return String.join(",", requirements.stream().map(Requirement::text).toList());
    }

    private record Requirement(String key, String text) {}
}
