package dev.pilothouse.model.codec;

import dev.pilothouse.model.codec.MessagePlan.Field;
import dev.pilothouse.model.codec.MessagePlan.Inline;
import dev.pilothouse.model.codec.MessagePlan.Slot;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.FieldType;
import dev.pilothouse.model.schema.FieldType.ListOf;
import dev.pilothouse.model.schema.FieldType.MapOf;
import dev.pilothouse.model.schema.FieldType.Ref;
import dev.pilothouse.model.schema.FieldType.Scalar;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes trees as protobuf messages, last field first. What is absent or null in JSON is absent in
 * protobuf too.
 */
final class ProtobufWriter {

    private final BackwardBuffer out;
    private final MessagePlans plans;

    ProtobufWriter(BackwardBuffer out, MessagePlans plans) {
        this.out = out;
        this.plans = plans;
    }

    /**
     * Writes the fields of a message.
     *
     * @throws BodySyntaxException when a value does not fit its field
     */
    void message(ObjectNode object, MessagePlan plan) {
        for (Slot slot : plan.descending()) {
            switch (slot) {
                case Field field -> {
                    JsonNode value = object.get(field.name());
                    if (value != null && !value.isNull()) {
                        field(field, value);
                    }
                }
                case Inline inline -> {
                    int before = out.length();
                    message(object, inline.plan());
                    if (out.length() > before) {
                        out.delimited(inline.number(), out.length() - before);
                    }
                }
            }
        }
    }

    private void field(Field field, JsonNode value) {
        switch (field.type()) {
            case ListOf list -> elements(field.number(), value, list.element());
            case MapOf map -> {
                for (Map.Entry<String, JsonNode> entry : object(value).properties()) {
                    int before = out.length();
                    entryValue(entry.getValue(), map.value());
                    out.string(1, entry.getKey());
                    out.delimited(field.number(), out.length() - before);
                }
            }
            case Scalar _, Ref _ -> single(field.number(), value, field.type());
        }
    }

    private void elements(int number, JsonNode value, FieldType type) {
        if (!(value instanceof ArrayNode array)) {
            throw mismatch(value, "array");
        }
        for (int i = array.size() - 1; i >= 0; i--) {
            if (!array.get(i).isNull()) {
                single(number, array.get(i), type);
            }
        }
    }

    private void entryValue(JsonNode value, FieldType type) {
        if (value.isNull()) {
            return;
        }
        if (type instanceof ListOf list) {
            int before = out.length();
            elements(1, value, list.element());
            out.delimited(2, out.length() - before);
        } else {
            single(2, value, type);
        }
    }

    private void single(int number, JsonNode value, FieldType type) {
        switch (type) {
            case Scalar scalar -> scalar(number, value, scalar);
            case Ref ref -> {
                int before = out.length();
                FieldType alias = ref.target().alias();
                if (alias == null) {
                    message(object(value), plans.of(ref.target()));
                } else {
                    wellKnown(value, WellKnownType.of(ref.name()));
                }
                out.delimited(number, out.length() - before);
            }
            case ListOf _, MapOf _ ->
                    throw new BodySyntaxException("list of lists has no protobuf form");
        }
    }

    private void scalar(int number, JsonNode value, Scalar type) {
        switch (type) {
            case INT32, INT64, INTEGER -> {
                if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                    throw mismatch(value, "integer");
                }
                out.number(number, value.longValue());
            }
            case BOOLEAN -> {
                if (!value.isBoolean()) {
                    throw mismatch(value, "bool");
                }
                out.number(number, value.booleanValue() ? 1 : 0);
            }
            case DOUBLE, NUMBER -> {
                if (!value.isNumber()) {
                    throw mismatch(value, "number");
                }
                out.decimal(number, value.doubleValue());
            }
            case BYTES -> out.bytes(number, base64(text(value)));
            default -> out.string(number, text(value));
        }
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new BodySyntaxException("illegal base64 data");
        }
    }

    private void wellKnown(JsonNode value, WellKnownType type) {
        switch (type) {
            case TIME, MICRO_TIME -> {
                Instant time = GoTime.parse(text(value), false);
                out.number(2, time.getNano());
                out.number(1, time.getEpochSecond());
            }
            case QUANTITY -> out.string(1, value.isNumber() ? value.asString() : text(value));
            case INT_OR_STRING -> {
                if (value.isIntegralNumber()) {
                    out.string(3, "");
                    out.number(2, value.longValue());
                    out.number(1, 0);
                } else {
                    out.string(3, text(value));
                    out.number(2, 0);
                    out.number(1, 1);
                }
            }
            case RAW_JSON -> out.bytes(1, Json.bytes(value));
            case SCHEMA_OR_ARRAY -> {
                if (value instanceof ArrayNode array) {
                    schemas(array);
                } else {
                    schema(1, value);
                }
            }
            case SCHEMA_OR_BOOL -> {
                if (value instanceof ObjectNode) {
                    schema(2, value);
                }
                out.number(1, value.isObject() || value.asBoolean(false) ? 1 : 0);
            }
            case SCHEMA_OR_STRINGS -> {
                if (value instanceof ArrayNode) {
                    elements(2, value, Scalar.STRING);
                } else {
                    schema(1, value);
                }
            }
            case EMPTY -> {}
            case NONE -> throw new BodySyntaxException("field without protobuf form");
        }
    }

    private void schemas(ArrayNode array) {
        for (int i = array.size() - 1; i >= 0; i--) {
            schema(2, array.get(i));
        }
    }

    private void schema(int number, JsonNode value) {
        int before = out.length();
        message(object(value), plans.schemaProps());
        out.delimited(number, out.length() - before);
    }

    private static ObjectNode object(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw mismatch(value, "object");
    }

    private static String text(JsonNode value) {
        if (!value.isString()) {
            throw mismatch(value, "string");
        }
        return value.stringValue();
    }

    private static BodySyntaxException mismatch(JsonNode value, String wanted) {
        return new BodySyntaxException(
                "found " + Conformer.goValue(value) + " where " + wanted + " is wanted");
    }
}
