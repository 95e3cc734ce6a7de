package dev.pilothouse.model.schema.structural;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.structural.SchemaError.Reason;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Which OpenAPI type a JSON value has. */
final class JsonTypes {

    private JsonTypes() {}

    /** The OpenAPI name of a value's type. */
    static String nameOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            default -> "null";
        };
    }

    /** Adds an error when a value has none of the types; no types allow any value. */
    static void check(
            JsonNode value, List<String> expected, String path, List<SchemaError> errors) {
        if (expected.isEmpty() || expected.stream().anyMatch(type -> fits(value, type))) {
            return;
        }
        wrongType(path, String.join(",", expected), nameOf(value), errors);
    }

    /** Adds the error for a value that is not what it should be; {@code shown} is what it is. */
    static void wrongType(String path, String expected, String shown, List<SchemaError> errors) {
        var text = Json.mapper().getNodeFactory().stringNode(shown);
        errors.add(
                SchemaError.of(
                        Reason.WRONG_TYPE,
                        path,
                        text,
                        path + " in body must be of type " + expected + ": " + Json.string(text)));
    }

    private static boolean fits(JsonNode value, String type) {
        return switch (type) {
            case "number" -> value.isNumber();
            case "integer" -> value.isNumber() && isWhole(value);
            default -> nameOf(value).equals(type);
        };
    }

    /** Whether a number has no fraction: 1.0 is an integer to JSON schemas. */
    private static boolean isWhole(JsonNode number) {
        return number.isIntegralNumber() || number.decimalValue().stripTrailingZeros().scale() <= 0;
    }
}
