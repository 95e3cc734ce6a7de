package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.json.Json;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a webhook may change in metadata: labels and annotations, nothing else. */
final class ConvertedMetadata {

    private ConvertedMetadata() {}

    /**
     * Puts the original metadata back, apart from labels and annotations.
     *
     * @throws IllegalArgumentException when those are not texts
     */
    static void restore(ObjectNode original, ObjectNode converted) {
        JsonNode answered = converted.get("metadata");
        if (answered == null) {
            throw new IllegalArgumentException("missing metadata in converted object");
        }
        if (!(answered instanceof ObjectNode changed)) {
            throw new IllegalArgumentException(
                    "invalid metadata of type " + type(answered) + " in converted object");
        }
        ObjectNode metadata = Json.child(original, "metadata").deepCopy();
        for (String field : List.of("labels", "annotations")) {
            JsonNode value = Json.at(changed, field);
            if (value == null) {
                metadata.remove(field);
            } else if (value instanceof ObjectNode map) {
                check(field, map);
                metadata.set(field, map);
            } else {
                throw new IllegalArgumentException(
                        "invalid metadata."
                                + field
                                + " of type "
                                + type(value)
                                + " in converted object");
            }
        }
        converted.set("metadata", metadata);
    }

    private static void check(String field, ObjectNode map) {
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            if (!entry.getValue().isString()) {
                throw new IllegalArgumentException(
                        "metadata."
                                + field
                                + "["
                                + entry.getKey()
                                + "] must be a string, but is "
                                + type(entry.getValue())
                                + " in converted object");
            }
        }
    }

    /** Go's name of a value's type. */
    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "map[string]interface {}";
            case ARRAY -> "[]interface {}";
            case STRING -> "string";
            case BOOLEAN -> "bool";
            case NUMBER -> value.isIntegralNumber() ? "int64" : "float64";
            default -> "<nil>";
        };
    }
}
