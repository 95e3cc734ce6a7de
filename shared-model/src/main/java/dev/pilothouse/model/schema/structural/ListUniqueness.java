package dev.pilothouse.model.schema.structural;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.ListType;
import dev.pilothouse.model.schema.structural.SchemaError.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Elements of sets are distinct, and so are the keys of list maps. Source: apiextensions
 * pkg/apiserver/schema/listtype.
 */
final class ListUniqueness {

    private ListUniqueness() {}

    static void check(
            ArrayNode array, StructuralSchema schema, String path, List<SchemaError> errors) {
        if (schema.listType() == ListType.ATOMIC) {
            return;
        }
        Set<JsonNode> seen = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            JsonNode identity =
                    schema.listType() == ListType.SET ? array.get(i) : key(array.get(i), schema);
            if (identity != null && !seen.add(identity)) {
                errors.add(SchemaError.of(Reason.DUPLICATE, path + "[" + i + "]", identity, ""));
            }
        }
    }

    private static @Nullable JsonNode key(JsonNode element, StructuralSchema schema) {
        if (!(element instanceof ObjectNode object)) {
            return null;
        }
        ObjectNode key = Json.object();
        for (String name : schema.listMapKeys()) {
            JsonNode value = object.get(name);
            if (value != null) {
                key.set(name, value);
            }
        }
        return key;
    }
}
