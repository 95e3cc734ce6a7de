package dev.pilothouse.model.schema.structural;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks custom resources against their schema, with the messages of kube-openapi's validators.
 * {@code x-kubernetes-validations} are not evaluated. Source: kube-openapi pkg/validation/validate.
 */
public final class SchemaValidation {

    private final List<SchemaError> errors = new ArrayList<>();

    private SchemaValidation() {}

    /**
     * Everything the schema does not allow in a whole object, whose own metadata is not its
     * business.
     */
    public static List<SchemaError> validate(ObjectNode object, StructuralSchema schema) {
        SchemaValidation validation = new SchemaValidation();
        validation.value(object, schema, "", true);
        return List.copyOf(validation.errors);
    }

    private void value(JsonNode value, StructuralSchema schema, String path, boolean root) {
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
            case ObjectNode object -> fields(object, schema, path, root);
            case ArrayNode array -> elements(array, schema, path);
            default -> {}
        }
    }

    private void fields(ObjectNode object, StructuralSchema schema, String path, boolean root) {
        if (schema.embedded() && !root) {
            EmbeddedResources.check(object, path, errors);
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            StructuralSchema child = schema.child(entry.getKey());
            if (child != null) {
                value(entry.getValue(), child, child(path, entry.getKey()), false);
            }
        }
    }

    private void elements(ArrayNode array, StructuralSchema schema, String path) {
        StructuralSchema items = schema.items();
        if (items != null) {
            for (int i = 0; i < array.size(); i++) {
                value(array.get(i), items, path + "[" + i + "]", false);
            }
        }
        ListUniqueness.check(array, schema, path, errors);
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
