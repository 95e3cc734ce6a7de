package dev.pilothouse.server.endpoints.openapi;

import dev.pilothouse.model.json.Json;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Publishes the schema of a custom resource as its definition has it. OpenAPI 2.0 cannot say some
 * of it, and old clients would refuse good objects by what is left, so there it becomes looser.
 * Source: apiextensions-apiserver pkg/controller/openapi/builder and v2/conversion.go.
 */
final class CustomSchemaWriter {

    private static final Set<String> NOT_IN_V2 =
            Set.of("allOf", "anyOf", "oneOf", "not", "nullable", "default");
    private static final Set<String> STRUCTURE =
            Set.of("type", "items", "properties", "additionalProperties", "required");

    private final Dialect dialect;
    private final ObjectNode metadata;

    /** {@code metadata} is the reference to the type of metadata. */
    CustomSchemaWriter(Dialect dialect, ObjectNode metadata) {
        this.dialect = dialect;
        this.metadata = metadata;
    }

    /** The schema of whole objects. */
    ObjectNode root(ObjectNode schema) {
        ObjectNode json = schema(schema);
        typeFields(json);
        json.put("type", "object");
        return json;
    }

    private ObjectNode schema(ObjectNode schema) {
        ObjectNode json = dialect == Dialect.V2 ? loosened(schema) : schema.deepCopy();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            switch (entry.getKey()) {
                case "properties" -> entry.setValue(members(entry.getValue()));
                case "items", "additionalProperties" -> entry.setValue(child(entry.getValue()));
                default -> {}
            }
        }
        if (Json.bool(schema, "x-kubernetes-embedded-resource")) {
            typeFields(json);
        }
        return json;
    }

    private JsonNode child(JsonNode node) {
        return node instanceof ObjectNode schema ? schema(schema) : node;
    }

    private JsonNode members(JsonNode properties) {
        for (Map.Entry<String, JsonNode> entry : properties.properties()) {
            entry.setValue(child(entry.getValue()));
        }
        return properties;
    }

    private static ObjectNode loosened(ObjectNode schema) {
        boolean free =
                Json.bool(schema, "nullable")
                        || Json.bool(schema, "x-kubernetes-preserve-unknown-fields");
        ObjectNode json = Json.object();
        for (Map.Entry<String, JsonNode> entry : schema.properties()) {
            String name = entry.getKey();
            if (!NOT_IN_V2.contains(name) && !(free && STRUCTURE.contains(name))) {
                json.set(name, entry.getValue().deepCopy());
            }
        }
        ArrayNode required = Json.arrayAt(json, "required");
        if (required != null && required.isEmpty()) {
            json.remove("required");
        }
        return json;
    }

    private void typeFields(ObjectNode json) {
        ObjectNode properties = Json.child(json, "properties");
        text(properties, "apiVersion", "Version of the schema of this object, as GROUP/VERSION.");
        text(properties, "kind", "Name of the type of this object, in camel case.");
        properties.set("metadata", metadata.deepCopy());
    }

    private static void text(ObjectNode properties, String name, String description) {
        properties.putObject(name).put("type", "string").put("description", description);
    }
}
