package dev.pilothouse.model.patch;

import dev.pilothouse.model.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Takes a set of fields out of a value; structured-merge-diff typed/remove.go. */
final class ItemRemover {

    private ItemRemover() {}

    /**
     * A copy without the fields in the set; null when all that it had is gone. A value that lost
     * nothing stays, even when it is empty.
     */
    static @Nullable JsonNode without(JsonNode value, FieldSet removed, Shape declared) {
        if (removed.size() == 0) {
            return value.deepCopy();
        }
        Shape shape = declared.forValue(value);
        if (shape.isMap() && value.isObject()) {
            return map(value, removed, shape);
        }
        if (shape.isList() && value instanceof ArrayNode list) {
            return list(list, removed, shape);
        }
        return value.deepCopy();
    }

    private static @Nullable JsonNode map(JsonNode map, FieldSet removed, Shape shape) {
        var rest = Json.object();
        boolean touched = false;
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            String name = entry.getKey();
            FieldSet below = removed.below(PathElement.field(name));
            touched |= !below.isEmpty();
            JsonNode kept =
                    below.hasSelf() ? null : without(entry.getValue(), below, shape.child(name));
            if (kept != null) {
                rest.set(name, kept);
            }
        }
        return touched && rest.isEmpty() ? null : rest;
    }

    private static @Nullable JsonNode list(ArrayNode list, FieldSet removed, Shape shape) {
        var rest = Json.array();
        boolean touched = false;
        for (int i = 0; i < list.size(); i++) {
            PathElement name = shape.elementName(list.get(i));
            FieldSet below = removed.below(name == null ? PathElement.index(i) : name);
            touched |= !below.isEmpty();
            JsonNode kept =
                    below.hasSelf() ? null : without(list.get(i), below, shape.element());
            if (kept != null) {
                rest.add(kept);
            }
        }
        return touched && rest.isEmpty() ? null : rest;
    }
}
