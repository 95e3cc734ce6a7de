package dev.pilothouse.ui.schema;

import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a schema says about one field and those below it; references are followed as they are asked
 * for. Immutable and thread-safe as long as nobody changes the document it was read from.
 */
public final class FieldSchema {

    private static final String REFERENCE = "#/components/schemas/";
    private static final int DEEPEST_REFERENCE = 16;

    private final ObjectNode schemas;
    private final ObjectNode place;
    private final ObjectNode node;

    /**
     * A field.
     *
     * @param schemas all named schemas of the document
     * @param place the field's own schema, which may refer to a named one
     */
    FieldSchema(ObjectNode schemas, ObjectNode place) {
        this.schemas = schemas;
        this.place = place;
        this.node = resolve(place);
    }

    /** The same part of the same document. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FieldSchema field
                && field.place.equals(place)
                && field.schemas.equals(schemas);
    }

    @Override
    public int hashCode() {
        return place.hashCode();
    }

    /** Of which form values are. */
    public enum Type {
        /** Fields with names. */
        OBJECT,
        /** Keys of the user's choice. */
        MAP,
        /** A list. */
        ARRAY,
        /** Text. */
        STRING,
        /** A whole number. */
        INTEGER,
        /** Any number. */
        NUMBER,
        /** True or false. */
        BOOLEAN,
        /** A number or text, such as a port or a share. */
        INT_OR_STRING,
        /** An amount such as 500m or 2Gi. */
        QUANTITY,
        /** Nothing is known. */
        ANY
    }

    private ObjectNode resolve(ObjectNode start) {
        ObjectNode current = start;
        for (int depth = 0; depth < DEEPEST_REFERENCE; depth++) {
            String reference = Json.text(current, "$ref");
            List<ObjectNode> all = Json.objects(current, "allOf");
            if (!reference.isEmpty()) {
                ObjectNode named = Json.objectAt(schemas, reference.substring(REFERENCE.length()));
                current = named == null ? Json.object() : named;
            } else if (all.size() == 1 && !current.has("type") && !current.has("properties")) {
                current = all.getFirst();
            } else {
                return current;
            }
        }
        return Json.object();
    }

    /** Of which form values are. */
    public Type type() {
        if (Json.bool(node, "x-kubernetes-int-or-string")
                || Json.text(node, "format").equals("int-or-string")) {
            return Type.INT_OR_STRING;
        }
        if (node.has("properties")) {
            return Type.OBJECT;
        }
        return switch (Json.text(node, "type")) {
            case "object" ->
                    Json.objectAt(node, "additionalProperties") == null ? Type.ANY : Type.MAP;
            case "array" -> Type.ARRAY;
            case "string" -> Type.STRING;
            case "integer" -> Type.INTEGER;
            case "number" -> Type.NUMBER;
            case "boolean" -> Type.BOOLEAN;
            default -> isQuantity() ? Type.QUANTITY : Type.ANY;
        };
    }

    private boolean isQuantity() {
        Set<String> types = new TreeSet<>();
        for (String way : List.of("oneOf", "anyOf")) {
            Json.objects(node, way).forEach(one -> types.add(Json.text(one, "type")));
        }
        return types.equals(Set.of("string", "number"));
    }

    /** Whether values are objects, also when nothing is known of their fields. */
    public boolean isObject() {
        return Json.text(node, "type").equals("object") || node.has("properties");
    }

    /** Whether null is a value. */
    public boolean isNullable() {
        return Json.bool(node, "nullable");
    }

    /** What the field is for; empty when the server does not say. */
    public String description() {
        String own = Json.text(place, "description");
        return own.isEmpty() ? Json.text(node, "description") : own;
    }

    /** The format of text or numbers, such as {@code date-time}; empty for none. */
    public String format() {
        return Json.text(node, "format");
    }

    /** What text must look like; empty for anything. */
    public String pattern() {
        return Json.text(node, "pattern");
    }

    /** The smallest number, or null. */
    public @Nullable Double minimum() {
        JsonNode value = Json.at(node, "minimum");
        return value != null && value.isNumber() ? Double.valueOf(value.asDouble()) : null;
    }

    /** The largest number, or null. */
    public @Nullable Double maximum() {
        JsonNode value = Json.at(node, "maximum");
        return value != null && value.isNumber() ? Double.valueOf(value.asDouble()) : null;
    }

    /** The value that the server takes when there is none; null when unknown. */
    public @Nullable JsonNode defaultValue() {
        JsonNode own = Json.at(place, "default");
        return own == null ? Json.at(node, "default") : own;
    }

    /** The values that are allowed; empty for any. */
    public List<String> choices() {
        List<String> choices = new ArrayList<>();
        JsonNode values = node.path("enum");
        values.forEach(value -> choices.add(value.asString("")));
        return choices;
    }

    /** The names of fields that must be there. */
    public Set<String> required() {
        Set<String> names = new TreeSet<>();
        node.path("required").forEach(name -> names.add(name.asString("")));
        return names;
    }

    /** The names of all fields, in the document's order. */
    public List<String> names() {
        ObjectNode properties = Json.objectAt(node, "properties");
        return properties == null ? List.of() : List.copyOf(properties.propertyNames());
    }

    /** The field or map value of that name, null when there can be none or nothing is known. */
    public @Nullable FieldSchema field(String name) {
        ObjectNode field = Json.objectAt(node, "properties", name);
        if (field == null) {
            field = Json.objectAt(node, "additionalProperties");
        }
        return field == null ? null : new FieldSchema(schemas, field);
    }

    /** Whether fields without a schema are allowed. */
    public boolean isOpen() {
        JsonNode additional = node.path("additionalProperties");
        return !node.has("properties")
                || additional.isObject()
                || additional.asBoolean(false)
                || Json.bool(node, "x-kubernetes-preserve-unknown-fields")
                || Json.bool(node, "x-kubernetes-embedded-resource");
    }

    /** What the elements of a list are, or null. */
    public @Nullable FieldSchema items() {
        ObjectNode items = Json.objectAt(node, "items");
        return items == null ? null : new FieldSchema(schemas, items);
    }

    /** The fields that tell the elements of a list apart; empty when their position does. */
    public List<String> mapKeys() {
        List<String> keys = new ArrayList<>();
        place.path("x-kubernetes-list-map-keys").forEach(key -> keys.add(key.asString("")));
        if (keys.isEmpty()) {
            node.path("x-kubernetes-list-map-keys").forEach(key -> keys.add(key.asString("")));
        }
        return keys;
    }

    /** The field at a path, of names and of anything for the elements of lists; null for none. */
    public @Nullable FieldSchema at(List<String> path) {
        FieldSchema current = this;
        for (String step : path) {
            FieldSchema next = current.type() == Type.ARRAY ? current.items() : current.field(step);
            if (next == null) {
                return null;
            }
            current = next;
        }
        return current;
    }
}
