package dev.pilothouse.model.schema.structural;

import dev.pilothouse.model.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The checks of one level of a schema that depend on values: bounds, patterns, enums, junctors.
 * Their order is the schema's; whatever is missing is not checked.
 *
 * @param enumValues allowed values, empty for any
 * @param format the format's name, or empty
 * @param pattern what text must match, or null
 * @param maximum upper bound, or null
 * @param exclusiveMaximum whether the bound itself is too much
 * @param minimum lower bound, or null
 * @param exclusiveMinimum whether the bound itself is too little
 * @param multipleOf what numbers must be a multiple of, or null
 * @param maxLength in code points, -1 for any
 * @param minLength in code points
 * @param maxItems -1 for any
 * @param minItems fewest elements
 * @param maxProperties -1 for any
 * @param minProperties fewest fields
 * @param uniqueItems whether elements must differ
 * @param required fields that must be there
 * @param allOf all of these must hold
 * @param anyOf at least one of these must hold, if there are any
 * @param oneOf exactly one of these must hold, if there are any
 * @param not this must not hold, or null
 */
record ValueChecks(
        List<JsonNode> enumValues,
        String format,
        @Nullable GoPattern pattern,
        @Nullable BigDecimal maximum,
        boolean exclusiveMaximum,
        @Nullable BigDecimal minimum,
        boolean exclusiveMinimum,
        @Nullable BigDecimal multipleOf,
        long maxLength,
        long minLength,
        long maxItems,
        long minItems,
        long maxProperties,
        long minProperties,
        boolean uniqueItems,
        List<String> required,
        List<Junctor> allOf,
        List<Junctor> anyOf,
        List<Junctor> oneOf,
        @Nullable Junctor not) {

    /**
     * A schema within a junctor: checks of a value, of its fields and of its elements.
     *
     * @param type expected type, empty for any
     * @param checks checks of the value itself
     * @param properties checks of fields
     * @param additional checks of other fields, or null
     * @param items checks of elements, or null
     */
    record Junctor(
            String type,
            ValueChecks checks,
            Map<String, Junctor> properties,
            @Nullable Junctor additional,
            @Nullable Junctor items) {

        static Junctor of(ObjectNode schema) {
            Map<String, Junctor> properties = new LinkedHashMap<>();
            ObjectNode declared = Json.objectAt(schema, "properties");
            if (declared != null) {
                for (Map.Entry<String, JsonNode> entry : declared.properties()) {
                    if (entry.getValue() instanceof ObjectNode property) {
                        properties.put(entry.getKey(), of(property));
                    }
                }
            }
            return new Junctor(
                    Json.text(schema, "type"),
                    ValueChecks.of(schema),
                    properties,
                    schema.get("additionalProperties") instanceof ObjectNode other
                            ? of(other)
                            : null,
                    schema.get("items") instanceof ObjectNode element ? of(element) : null);
        }
    }

    static ValueChecks of(ObjectNode schema) {
        String pattern = Json.text(schema, "pattern");
        return new ValueChecks(
                list(Json.arrayAt(schema, "enum")),
                Json.text(schema, "format"),
                pattern.isEmpty() ? null : GoPattern.compile(pattern),
                decimal(schema, "maximum"),
                Json.bool(schema, "exclusiveMaximum"),
                decimal(schema, "minimum"),
                Json.bool(schema, "exclusiveMinimum"),
                decimal(schema, "multipleOf"),
                Json.number(schema, -1, "maxLength"),
                Json.number(schema, 0, "minLength"),
                Json.number(schema, -1, "maxItems"),
                Json.number(schema, 0, "minItems"),
                Json.number(schema, -1, "maxProperties"),
                Json.number(schema, 0, "minProperties"),
                Json.bool(schema, "uniqueItems"),
                list(Json.arrayAt(schema, "required")).stream()
                        .map(name -> name.asString(""))
                        .toList(),
                junctors(schema, "allOf"),
                junctors(schema, "anyOf"),
                junctors(schema, "oneOf"),
                schema.get("not") instanceof ObjectNode not ? Junctor.of(not) : null);
    }

    private static List<JsonNode> list(@Nullable ArrayNode array) {
        return array == null ? List.of() : array.valueStream().toList();
    }

    private static List<Junctor> junctors(ObjectNode schema, String name) {
        List<Junctor> junctors = new ArrayList<>();
        Json.objects(schema, name).forEach(part -> junctors.add(Junctor.of(part)));
        return List.copyOf(junctors);
    }

    private static @Nullable BigDecimal decimal(ObjectNode schema, String name) {
        JsonNode value = Json.at(schema, name);
        return value != null && value.isNumber() ? value.decimalValue() : null;
    }
}
