package dev.pilothouse.model.schema.structural;

import dev.pilothouse.model.schema.structural.SchemaError.Reason;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What must be in a field that holds a whole resource. Source: apiextensions
 * pkg/apiserver/schema/objectmeta.
 */
final class EmbeddedResources {

    private EmbeddedResources() {}

    static void check(ObjectNode resource, String path, List<SchemaError> errors) {
        for (String name : List.of("apiVersion", "kind")) {
            JsonNode value = resource.get(name);
            String field = SchemaValidation.child(path, name);
            if (value == null) {
                errors.add(SchemaError.required(field, "must not be empty"));
            } else if (!value.isString()) {
                errors.add(SchemaError.of(Reason.INVALID, field, value, "must be a string"));
            } else if (value.stringValue().isEmpty()) {
                errors.add(SchemaError.of(Reason.INVALID, field, value, "must not be empty"));
            }
        }
        JsonNode metadata = resource.get("metadata");
        if (metadata != null && !metadata.isObject()) {
            errors.add(
                    SchemaError.of(
                            Reason.WRONG_TYPE,
                            SchemaValidation.child(path, "metadata"),
                            metadata,
                            "must be an object"));
        }
    }
}
