package dev.pilothouse.server.registry.validation;

import dev.pilothouse.model.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills in missing fields. Everything here leaves a field with a value alone. */
public final class Defaults {

    private Defaults() {}

    /** Sets a text that is missing or empty. */
    public static void text(ObjectNode node, String field, String value) {
        if (Json.text(node, field).isEmpty()) {
            node.put(field, value);
        }
    }

    /** Sets a number that is missing. */
    public static void number(ObjectNode node, String field, int value) {
        if (Json.at(node, field) == null) {
            node.put(field, value);
        }
    }

    /** Sets a truth value that is missing. */
    public static void bool(ObjectNode node, String field, boolean value) {
        if (Json.at(node, field) == null) {
            node.put(field, value);
        }
    }

    /** Sets a missing object to an empty one. */
    public static void object(ObjectNode node, String field) {
        if (Json.at(node, field) == null) {
            node.putObject(field);
        }
    }

    /** Sets a missing or empty list of texts. */
    public static void texts(ObjectNode node, String field, String... values) {
        JsonNode list = Json.at(node, field);
        if (list == null || list.isEmpty()) {
            ArrayNode array = node.putArray(field);
            for (String value : values) {
                array.add(value);
            }
        }
    }
}
