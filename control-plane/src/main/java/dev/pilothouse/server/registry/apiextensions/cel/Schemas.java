package dev.pilothouse.server.registry.apiextensions.cel;

import dev.pilothouse.model.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What rules see of an {@code openAPIV3Schema}. */
final class Schemas {

    static final String RULES = "x-kubernetes-validations";

    private Schemas() {}

    /** Whether there is a rule at this level or below it. */
    static boolean hasRules(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            ArrayNode rules = Json.arrayAt(object, RULES);
            if (rules != null && !rules.isEmpty()) {
                return true;
            }
            return below(object, "properties")
                    || level(object, "additionalProperties")
                    || level(object, "items")
                    || junctor(object);
        }
        return false;
    }

    private static boolean below(ObjectNode schema, String field) {
        ObjectNode children = Json.objectAt(schema, field);
        return children != null && children.valueStream().anyMatch(Schemas::hasRules);
    }

    private static boolean level(ObjectNode schema, String field) {
        ObjectNode child = Json.objectAt(schema, field);
        return child != null && hasRules(child);
    }

    private static boolean junctor(ObjectNode schema) {
        return Json.objects(schema, "allOf").stream().anyMatch(Schemas::hasRules);
    }

    static boolean isResource(ObjectNode schema) {
        return Json.bool(schema, "x-kubernetes-embedded-resource");
    }

    static boolean isIntOrString(ObjectNode schema) {
        return Json.bool(schema, "x-kubernetes-int-or-string");
    }

    static @Nullable ObjectNode property(ObjectNode schema, String name) {
        return Json.objectAt(schema, "properties", name);
    }

    static @Nullable ObjectNode additional(ObjectNode schema) {
        return Json.objectAt(schema, "additionalProperties");
    }

    static @Nullable ObjectNode items(ObjectNode schema) {
        return Json.objectAt(schema, "items");
    }

    /**
     * The schema of a whole resource with the fields every resource has: its type and its name,
     * whether it says so or not.
     */
    static ObjectNode resource(ObjectNode schema) {
        ObjectNode result = Json.object();
        result.setAll(schema);
        ObjectNode properties = Json.object();
        ObjectNode declared = Json.objectAt(schema, "properties");
        if (declared != null) {
            properties.setAll(declared);
        }
        properties.putObject("apiVersion").put("type", "string");
        properties.putObject("kind").put("type", "string");
        ObjectNode metadata = Json.object().put("type", "object");
        ObjectNode names = metadata.putObject("properties");
        names.putObject("name").put("type", "string");
        names.putObject("generateName").put("type", "string");
        properties.set("metadata", metadata);
        result.put("type", "object");
        result.set("properties", properties);
        return result;
    }
}
