package dev.pilothouse.ui.form;

import dev.pilothouse.model.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes values at paths of a tree. */
final class Tree {

    private Tree() {}

    /** The value at a path; null for none. */
    static @Nullable JsonNode at(JsonNode root, List<Object> path) {
        JsonNode node = root;
        for (Object step : path) {
            node = step instanceof Integer index ? node.get(index) : node.get((String) step);
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    /** Sets a value, and makes what is missing on the way; null takes it out. */
    static void set(ObjectNode root, List<Object> path, @Nullable JsonNode value) {
        JsonNode node = root;
        for (int i = 0; i < path.size() - 1; i++) {
            JsonNode next = at(node, List.of(path.get(i)));
            if (next == null || !next.isContainer()) {
                if (value == null) {
                    return;
                }
                next = path.get(i + 1) instanceof Integer ? Json.array() : Json.object();
                put(node, path.get(i), next);
            }
            node = next;
        }
        Object last = path.getLast();
        if (value != null) {
            put(node, last, value);
        } else if (node instanceof ObjectNode object && last instanceof String name) {
            object.remove(name);
        } else if (node instanceof ArrayNode array && last instanceof Integer index) {
            array.remove(index);
        }
    }

    private static void put(JsonNode node, Object step, JsonNode value) {
        if (node instanceof ObjectNode object && step instanceof String name) {
            object.set(name, value);
        } else if (node instanceof ArrayNode array && step instanceof Integer index) {
            if (index < array.size()) {
                array.set(index, value);
            } else {
                array.add(value);
            }
        }
    }
}
