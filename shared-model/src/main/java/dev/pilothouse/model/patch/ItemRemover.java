package dev.pilothouse.model.patch;

import dev.pilothouse.model.json.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Takes a set of fields out of a value; structured-merge-diff typed/remove.go. */
final class ItemRemover {

    private ItemRemover() {}

    /** A copy without the fields in the set; a map or list that lost all it had stays, empty. */
    static JsonNode without(JsonNode value, FieldSet removed, Shape declared) {
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

    private static JsonNode map(JsonNode map, FieldSet removed, Shape shape) {
        var rest = Json.object();
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            String name = entry.getKey();
            FieldSet below = removed.below(PathElement.field(name));
            if (!below.hasSelf()) {
                rest.set(name, without(entry.getValue(), below, shape.child(name)));
            }
        }
        return rest;
    }

    private static JsonNode list(ArrayNode list, FieldSet removed, Shape shape) {
        var rest = Json.array();
        for (int i = 0; i < list.size(); i++) {
            PathElement name = shape.elementName(list.get(i));
            FieldSet below = removed.below(name == null ? PathElement.index(i) : name);
            if (!below.hasSelf()) {
                rest.add(without(list.get(i), below, shape.element()));
            }
        }
        return rest;
    }
}
