package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether a schema is structural: the type of every field follows from the outer schema alone, and
 * logical junctors only add value checks. Source: apiextensions-apiserver's
 * pkg/apiserver/schema/validation.go and pkg/apis/apiextensions/validation.
 */
final class StructuralSchemaCheck {

    private static final List<String> TYPES =
            List.of("array", "boolean", "integer", "number", "object", "string");
    private static final List<String> UNSUPPORTED =
            List.of(
                    "$ref",
                    "additionalItems",
                    "definitions",
                    "dependencies",
                    "id",
                    "patternProperties");
    private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";
    private static final String INT_OR_STRING = "x-kubernetes-int-or-string";
    private static final String EMBEDDED = "x-kubernetes-embedded-resource";
    private static final String LIST_TYPE = "x-kubernetes-list-type";
    private static final String LIST_KEYS = "x-kubernetes-list-map-keys";
    private static final String MAP_TYPE = "x-kubernetes-map-type";

    private StructuralSchemaCheck() {}

    static void root(ObjectCheck schema) {
        String type = schema.text("type");
        if (type.isEmpty()) {
            schema.errors().required(schema.path("type"), "must not be empty at the root");
        } else if (!type.equals("object")) {
            schema.invalid("type", "must be object at the root");
        }
        if (Json.bool(schema.node(), "nullable")) {
            schema.forbidden("nullable", "nullable cannot be true at the root");
        }
        metadata(schema);
        structure(schema, Level.ROOT);
    }

    private enum Level {
        ROOT,
        FIELD,
        ITEM
    }

    /** The server knows the metadata; a schema may only narrow the name. */
    private static void metadata(ObjectCheck schema) {
        ObjectNode metadata = Json.objectAt(schema.node(), "properties", "metadata");
        if (metadata == null) {
            return;
        }
        FieldPath path = schema.path("properties").key("metadata");
        if (!Json.text(metadata, "type").equals("object")) {
            schema.errors()
                    .invalid(path.child("type"), Json.text(metadata, "type"), "must be object");
        }
        ObjectNode properties = Json.objectAt(metadata, "properties");
        boolean narrow =
                properties == null
                        || Set.of("name", "generateName").containsAll(properties.propertyNames());
        if (!narrow) {
            schema.errors()
                    .forbidden(
                            path,
                            "must not specify anything other than name and generateName, but metadata is implicitly"
                                    + " specified");
        }
    }

    private static void structure(ObjectCheck schema, Level level) {
        unsupported(schema);
        type(schema, level);
        extensions(schema);
        lists(schema);
        children(schema);
        for (String junctor : List.of("allOf", "anyOf", "oneOf")) {
            schema.each(
                    junctor,
                    part -> JunctorCheck.validate(part, schema.node(), intOrString(schema, part)));
        }
        schema.ifPresent("not", part -> JunctorCheck.validate(part, schema.node(), false));
    }

    /** The two usual ways to say integer or string may carry types. */
    private static boolean intOrString(ObjectCheck schema, ObjectCheck part) {
        return Json.bool(schema.node(), INT_OR_STRING)
                && List.of("integer", "string", "").contains(part.text("type"));
    }

    private static void unsupported(ObjectCheck schema) {
        for (String field : UNSUPPORTED) {
            if (schema.has(field)) {
                schema.forbidden(field, field + " is not supported");
            }
        }
        if (Json.bool(schema.node(), "uniqueItems")) {
            schema.forbidden(
                    "uniqueItems",
                    "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
        }
        if (schema.has("pattern")) {
            try {
                Pattern.compile(schema.text("pattern"));
            } catch (PatternSyntaxException broken) {
                schema.invalid(
                        "pattern",
                        "must be a valid regular expression, but isn't: "
                                + broken.getDescription());
            }
        }
    }

    private static void type(ObjectCheck schema, Level level) {
        String type = schema.text("type");
        boolean free =
                Json.bool(schema.node(), INT_OR_STRING) || Json.bool(schema.node(), PRESERVE);
        if (type.isEmpty()) {
            if (!free && level == Level.FIELD) {
                schema.errors()
                        .required(
                                schema.path("type"),
                                "must not be empty for specified object fields");
            } else if (!free && level == Level.ITEM) {
                schema.errors()
                        .required(
                                schema.path("type"), "must not be empty for specified array items");
            }
        } else if (type.equals("null")) {
            schema.forbidden("type", "type cannot be set to null, use nullable as an alternative");
        } else if (!TYPES.contains(type)) {
            schema.errors().notSupported(schema.path("type"), type, TYPES);
        }
    }

    private static void extensions(ObjectCheck schema) {
        String type = schema.text("type");
        if (schema.present(PRESERVE) && !Json.bool(schema.node(), PRESERVE)) {
            schema.invalid(PRESERVE, "must be true or undefined");
        }
        if (Json.bool(schema.node(), INT_OR_STRING) && !type.isEmpty()) {
            schema.invalid("type", "must be empty if x-kubernetes-int-or-string is true");
        }
        if (Json.bool(schema.node(), EMBEDDED)) {
            if (!type.equals("object")) {
                schema.errors()
                        .invalid(
                                schema.path("type"),
                                type,
                                "must be object if x-kubernetes-embedded-resource is true");
            }
            if (!Json.bool(schema.node(), PRESERVE) && !schema.has("properties")) {
                schema.errors()
                        .required(
                                schema.path("properties"),
                                "must not be empty if x-kubernetes-embedded-resource is true without"
                                        + " x-kubernetes-preserve-unknown-fields");
            }
        }
        if (schema.has(MAP_TYPE)) {
            schema.oneOf(MAP_TYPE, List.of("atomic", "granular"));
            if (!type.equals("object")) {
                schema.errors()
                        .invalid(
                                schema.path("type"),
                                type,
                                "must be object if x-kubernetes-map-type is specified");
            }
        }
    }

    private static void lists(ObjectCheck schema) {
        String listType = schema.text(LIST_TYPE);
        if (!listType.isEmpty()) {
            schema.oneOf(LIST_TYPE, List.of("atomic", "map", "set"));
            if (!schema.text("type").equals("array")) {
                schema.errors()
                        .invalid(
                                schema.path("type"),
                                schema.text("type"),
                                "must be array if x-kubernetes-list-type is specified");
            }
        }
        if (listType.equals("map")) {
            schema.require(LIST_KEYS, "must not be empty if x-kubernetes-list-type is map");
            ObjectNode properties = Json.objectAt(schema.node(), "items", "properties");
            schema.eachText(
                    LIST_KEYS,
                    (key, path) -> {
                        if (properties == null || !properties.has(key)) {
                            schema.errors()
                                    .invalid(
                                            path,
                                            key,
                                            "entries must all be names of item properties");
                        }
                    });
        } else if (schema.has(LIST_KEYS)) {
            schema.forbidden(LIST_KEYS, "must be empty if x-kubernetes-list-type is not map");
        }
    }

    private static void children(ObjectCheck schema) {
        ObjectNode properties = Json.objectAt(schema.node(), "properties");
        JsonNode additional = Json.at(schema.node(), "additionalProperties");
        if (properties != null && !properties.isEmpty() && additional != null) {
            schema.forbidden(
                    "additionalProperties",
                    "additionalProperties and properties are mutual exclusive");
        }
        if (additional != null && additional.isBoolean() && !additional.booleanValue()) {
            schema.forbidden("additionalProperties", "additionalProperties cannot be set to false");
        }
        if (properties != null) {
            for (Map.Entry<String, JsonNode> entry : properties.properties()) {
                if (entry.getValue() instanceof ObjectNode child) {
                    FieldPath path = schema.path("properties").key(entry.getKey());
                    structure(ObjectCheck.of(child, path, schema.errors()), Level.FIELD);
                }
            }
        }
        schema.ifPresent("additionalProperties", child -> structure(child, Level.FIELD));
        if (Json.arrayAt(schema.node(), "items") != null) {
            schema.forbidden("items", "items must be a schema object and not an array");
        } else if (schema.text("type").equals("array") && !schema.present("items")) {
            schema.errors().required(schema.path("items"), "must be specified");
        }
        schema.ifPresent("items", child -> structure(child, Level.ITEM));
    }
}
