package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What may stand inside allOf, anyOf, oneOf and not: value checks on what the outside specifies.
 */
final class JunctorCheck {

    private static final List<String> EMPTY = List.of("description", "title", "default");
    private static final List<String> FALSE =
            List.of(
                    "nullable",
                    "x-kubernetes-preserve-unknown-fields",
                    "x-kubernetes-int-or-string",
                    "x-kubernetes-embedded-resource");

    private JunctorCheck() {}

    static void validate(ObjectCheck part, @Nullable ObjectNode outside, boolean typeAllowed) {
        if (part.has("type") && !typeAllowed) {
            part.forbidden("type", "must be empty to be structural");
        }
        for (String field : EMPTY) {
            if (part.present(field)) {
                part.forbidden(
                        field,
                        field.equals("default")
                                ? "must be undefined to be structural"
                                : "must be empty to be structural");
            }
        }
        for (String field : FALSE) {
            if (Json.bool(part.node(), field)) {
                part.forbidden(field, "must be false to be structural");
            }
        }
        if (part.present("additionalProperties")) {
            part.forbidden("additionalProperties", "must be undefined to be structural");
        }
        properties(part, outside);
        part.ifPresent(
                "items",
                items -> {
                    ObjectNode outer = Json.objectAt(outside, "items");
                    if (outer == null) {
                        missing(items, items.path());
                    }
                    validate(items, outer, false);
                });
        for (String junctor : List.of("allOf", "anyOf", "oneOf")) {
            part.each(junctor, inner -> validate(inner, outside, typeAllowed));
        }
        part.ifPresent("not", inner -> validate(inner, outside, false));
    }

    private static void properties(ObjectCheck part, @Nullable ObjectNode outside) {
        ObjectNode properties = Json.objectAt(part.node(), "properties");
        if (properties == null) {
            return;
        }
        for (Map.Entry<String, JsonNode> entry : properties.properties()) {
            if (entry.getValue() instanceof ObjectNode child) {
                FieldPath path = part.path("properties").key(entry.getKey());
                ObjectNode outer = Json.objectAt(outside, "properties", entry.getKey());
                ObjectNode same =
                        outer == null ? Json.objectAt(outside, "additionalProperties") : outer;
                if (same == null) {
                    missing(part, path);
                }
                validate(ObjectCheck.of(child, path, part.errors()), same, false);
            }
        }
    }

    private static void missing(ObjectCheck part, FieldPath path) {
        part.errors()
                .required(
                        path,
                        "because it is defined in a logical junctor, it must be specified outside of it");
    }
}
