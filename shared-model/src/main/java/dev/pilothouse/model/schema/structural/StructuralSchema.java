package dev.pilothouse.model.schema.structural;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.ListType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of an {@code openAPIV3Schema} that gives values their structure, read once. Immutable
 * and thread-safe as long as nobody writes to the JSON it was read from.
 *
 * @param type {@code object}, {@code array}, {@code string}, {@code integer}, {@code number},
 *     {@code boolean}, or empty when it says nothing
 * @param nullable whether null is a value
 * @param intOrString {@code x-kubernetes-int-or-string}
 * @param preserveUnknown {@code x-kubernetes-preserve-unknown-fields}
 * @param embedded {@code x-kubernetes-embedded-resource}
 * @param defaultValue the default, or null
 * @param properties declared fields in order
 * @param additional schema of the values of other fields, or null when there is none
 * @param anyAdditional whether other fields may have any value
 * @param items schema of list elements, or null
 * @param listType {@code x-kubernetes-list-type}
 * @param listMapKeys {@code x-kubernetes-list-map-keys}
 * @param atomicMap whether {@code x-kubernetes-map-type} is atomic
 * @param checks the value checks of this level
 */
public record StructuralSchema(
        String type,
        boolean nullable,
        boolean intOrString,
        boolean preserveUnknown,
        boolean embedded,
        @Nullable JsonNode defaultValue,
        Map<String, StructuralSchema> properties,
        @Nullable StructuralSchema additional,
        boolean anyAdditional,
        @Nullable StructuralSchema items,
        ListType listType,
        List<String> listMapKeys,
        boolean atomicMap,
        ValueChecks checks) {

    /** Reads an {@code openAPIV3Schema} that has been found to be structural. */
    public static StructuralSchema of(ObjectNode schema) {
        Map<String, StructuralSchema> properties = new LinkedHashMap<>();
        ObjectNode declared = Json.objectAt(schema, "properties");
        if (declared != null) {
            for (Map.Entry<String, JsonNode> entry : declared.properties()) {
                if (entry.getValue() instanceof ObjectNode property) {
                    properties.put(entry.getKey(), of(property));
                }
            }
        }
        JsonNode additional = Json.at(schema, "additionalProperties");
        return new StructuralSchema(
                Json.text(schema, "type"),
                Json.bool(schema, "nullable"),
                Json.bool(schema, "x-kubernetes-int-or-string"),
                Json.bool(schema, "x-kubernetes-preserve-unknown-fields"),
                Json.bool(schema, "x-kubernetes-embedded-resource"),
                Json.at(schema, "default"),
                Collections.unmodifiableMap(properties),
                additional instanceof ObjectNode value ? of(value) : null,
                additional != null && additional.isBoolean() && additional.booleanValue(),
                schema.get("items") instanceof ObjectNode element ? of(element) : null,
                listType(Json.text(schema, "x-kubernetes-list-type")),
                listMapKeys(schema),
                Json.text(schema, "x-kubernetes-map-type").equals("atomic"),
                ValueChecks.of(schema));
    }

    private static ListType listType(String text) {
        return switch (text) {
            case "map" -> ListType.MAP;
            case "set" -> ListType.SET;
            default -> ListType.ATOMIC;
        };
    }

    private static List<String> listMapKeys(ObjectNode schema) {
        var keys = Json.arrayAt(schema, "x-kubernetes-list-map-keys");
        return keys == null
                ? List.of()
                : keys.valueStream().filter(JsonNode::isString).map(JsonNode::stringValue).toList();
    }

    /** The schema of the value under that name; null when nothing is said about it. */
    @Nullable StructuralSchema child(String name) {
        StructuralSchema property = properties.get(name);
        return property != null ? property : additional;
    }

    /** Whether null stands where no null may be, so that it counts as missing. */
    boolean refusesNull() {
        return !nullable;
    }
}
