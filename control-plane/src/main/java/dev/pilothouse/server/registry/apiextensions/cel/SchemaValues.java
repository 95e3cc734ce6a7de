package dev.pilothouse.server.registry.apiextensions.cel;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.pilothouse.model.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as the values of the language, by schema. Objects and lists are views and convert what is
 * looked at. Source: apiserver's pkg/cel/common/values.go.
 */
final class SchemaValues {

    private SchemaValues() {}

    /** A value by its schema, or by its own type when there is no schema. */
    static Object of(JsonNode value, @Nullable ObjectNode schema) {
        return switch (value) {
            case ObjectNode object -> new ObjectView(object, structure(schema));
            case ArrayNode array -> new ListView(array, schema);
            default -> scalar(value, schema);
        };
    }

    /** A whole resource. */
    static Object resource(ObjectNode object, ObjectNode schema) {
        return new ObjectView(object, Schemas.resource(schema));
    }

    private static @Nullable ObjectNode structure(@Nullable ObjectNode schema) {
        return schema != null && Schemas.isResource(schema) ? Schemas.resource(schema) : schema;
    }

    private static Object scalar(JsonNode value, @Nullable ObjectNode schema) {
        if (value.isNull()) {
            return NullValue.NULL_VALUE;
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isNumber()) {
            boolean fraction =
                    schema == null || Json.text(schema, "type").isEmpty()
                            ? !value.isIntegralNumber()
                            : Json.text(schema, "type").equals("number");
            return fraction ? (Object) value.doubleValue() : (Object) value.asLong();
        }
        String text = value.asString("");
        return schema == null || !Json.text(schema, "type").equals("string")
                ? text
                : text(text, Json.text(schema, "format"));
    }

    private static Object text(String text, String format) {
        return switch (format) {
            case "byte" -> bytes(text);
            case "duration" -> GoDurations.parse(text);
            case "date" -> date(text);
            case "date-time" -> time(text);
            default -> text;
        };
    }

    private static CelByteString bytes(String text) {
        try {
            return CelByteString.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("Invalid bytes " + text);
        }
    }

    private static Instant date(String text) {
        try {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException _) {
            throw new IllegalArgumentException("Invalid date " + text);
        }
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            throw new IllegalArgumentException("Invalid date-time " + text);
        }
    }
}
