package dev.pilothouse.model.schema.structural;

import dev.pilothouse.model.schema.ListType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks custom resources against their schema, with the messages of kube-openapi's validators.
 * Rules in {@code x-kubernetes-validations} are not its business. Source: kube-openapi
 * pkg/validation/validate; for updates apiextensions-apiserver's
 * pkg/apiserver/validation/ratcheting.go.
 */
public final class SchemaValidation {

    private final List<SchemaError> errors = new ArrayList<>();

    private SchemaValidation() {}

    /**
     * Everything the schema does not allow in a whole object, whose own metadata is not its
     * business.
     */
    public static List<SchemaError> validate(ObjectNode object, StructuralSchema schema) {
        return validate(object, null, schema);
    }

    /**
     * Everything the schema does not allow in a changed object, except what it did not allow before
     * either in values that have not changed (KEP-4008).
     *
     * @param old the object before, null when it is new
     */
    public static List<SchemaError> validate(
            ObjectNode object, @Nullable ObjectNode old, StructuralSchema schema) {
        SchemaValidation validation = new SchemaValidation();
        validation.value(object, old, schema, "", true);
        return List.copyOf(validation.errors);
    }

    private void value(
            JsonNode value,
            @Nullable JsonNode old,
            StructuralSchema schema,
            String path,
            boolean root) {
        int before = errors.size();
        check(value, old, schema, path, root);
        if (errors.size() > before && old != null && value.equals(old)) {
            errors.subList(before, errors.size()).clear();
        }
    }

    private void check(
            JsonNode value,
            @Nullable JsonNode old,
            StructuralSchema schema,
            String path,
            boolean root) {
        if (value.isNull()) {
            if (!schema.nullable()) {
                JsonTypes.check(value, expected(schema), path, errors);
            }
            return;
        }
        JsonTypes.check(value, expected(schema), path, errors);
        new ValueCheck(schema.checks(), path, errors).check(value);
        JunctorCheck.junctors(value, schema.checks(), path, errors);
        switch (value) {
            case ObjectNode object -> fields(object, old, schema, path, root);
            case ArrayNode array -> elements(array, old, schema, path);
            default -> {}
        }
    }

    private void fields(
            ObjectNode object,
            @Nullable JsonNode old,
            StructuralSchema schema,
            String path,
            boolean root) {
        if (schema.embedded() && !root) {
            EmbeddedResources.check(object, path, errors);
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            StructuralSchema child = schema.child(entry.getKey());
            if (child != null) {
                JsonNode before = old instanceof ObjectNode map ? map.get(entry.getKey()) : null;
                value(entry.getValue(), before, child, child(path, entry.getKey()), false);
            }
        }
    }

    private void elements(
            ArrayNode array, @Nullable JsonNode old, StructuralSchema schema, String path) {
        StructuralSchema items = schema.items();
        if (items != null) {
            Map<List<JsonNode>, JsonNode> counterparts = byKey(old, schema);
            for (int i = 0; i < array.size(); i++) {
                JsonNode element = array.get(i);
                JsonNode before =
                        counterparts.isEmpty() ? null : counterparts.get(key(element, schema));
                value(element, before, items, path + "[" + i + "]", false);
            }
        }
        ListUniqueness.check(array, schema, path, errors);
    }

    /**
     * Elements by their keys; only those of maps have an identity by which they are found again.
     */
    private static Map<List<JsonNode>, JsonNode> byKey(
            @Nullable JsonNode list, StructuralSchema schema) {
        if (schema.listType() != ListType.MAP || !(list instanceof ArrayNode array)) {
            return Map.of();
        }
        Map<List<JsonNode>, JsonNode> elements = new HashMap<>();
        array.forEach(element -> elements.put(key(element, schema), element));
        return elements;
    }

    private static List<JsonNode> key(JsonNode element, StructuralSchema schema) {
        return schema.listMapKeys().stream().map(element::path).toList();
    }

    private static List<String> expected(StructuralSchema schema) {
        if (schema.intOrString()) {
            return List.of("integer", "string");
        }
        return schema.type().isEmpty() ? List.of() : List.of(schema.type());
    }

    /** A path as the validators write it. */
    static String child(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
