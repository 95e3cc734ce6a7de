package dev.pilothouse.model.schema.structural;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills in the defaults of a schema. A null where none may be counts as missing: it becomes the
 * default, or goes. Source: apiextensions pkg/apiserver/schema/defaulting.
 */
public final class Defaulting {

    private Defaulting() {}

    /** Fills in defaults in place; doing it again changes nothing. */
    public static void apply(ObjectNode object, StructuralSchema schema) {
        fill(object, schema);
        dropNulls(object, schema);
    }

    private static void fill(JsonNode value, StructuralSchema schema) {
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, StructuralSchema> entry : schema.properties().entrySet()) {
                JsonNode present = object.get(entry.getKey());
                JsonNode defaultValue = entry.getValue().defaultValue();
                if (defaultValue != null && isMissing(present, entry.getValue())) {
                    object.set(entry.getKey(), defaultValue.deepCopy());
                }
            }
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                StructuralSchema child = schema.child(entry.getKey());
                if (child != null) {
                    entry.setValue(filled(entry.getValue(), child));
                }
            }
        } else if (value instanceof ArrayNode array && schema.items() != null) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, filled(array.get(i), schema.items()));
            }
        }
    }

    private static JsonNode filled(JsonNode value, StructuralSchema schema) {
        JsonNode defaultValue = schema.defaultValue();
        JsonNode result =
                value.isNull() && schema.refusesNull() && defaultValue != null
                        ? defaultValue.deepCopy()
                        : value;
        fill(result, schema);
        return result;
    }

    private static boolean isMissing(@Nullable JsonNode present, StructuralSchema schema) {
        return present == null || (present.isNull() && schema.refusesNull());
    }

    private static void dropNulls(JsonNode value, StructuralSchema schema) {
        if (value instanceof ObjectNode object) {
            Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator();
            while (entries.hasNext()) {
                Map.Entry<String, JsonNode> entry = entries.next();
                StructuralSchema child = schema.child(entry.getKey());
                if (child == null) {
                    continue;
                }
                if (entry.getValue().isNull() && child.refusesNull()) {
                    entries.remove();
                } else {
                    dropNulls(entry.getValue(), child);
                }
            }
        } else if (value instanceof ArrayNode array && schema.items() != null) {
            for (JsonNode element : array) {
                dropNulls(element, schema.items());
            }
        }
    }
}
