package dev.pilothouse.model.patch;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Equality of JSON values: order of fields does not matter and numbers are equal when their values
 * are, whatever width the decoder chose.
 */
final class JsonEquality {

    private JsonEquality() {}

    // Equal parts of two objects often are one and the same node.
    @SuppressWarnings("ReferenceEquality")
    static boolean same(@Nullable JsonNode a, @Nullable JsonNode b) {
        if (a == b) {
            return true;
        }
        if (a == null || b == null) {
            return false;
        }
        return switch (a.getNodeType()) {
            case STRING -> b.isString() && a.stringValue().equals(b.stringValue());
            case NUMBER -> b.isNumber() && sameNumber(a, b);
            case OBJECT -> b.isObject() && sameObject((ObjectNode) a, (ObjectNode) b);
            case ARRAY -> b.isArray() && sameArray(a, b);
            default -> a.equals(b);
        };
    }

    private static boolean sameNumber(JsonNode a, JsonNode b) {
        return compareNumbers(a, b) == 0;
    }

    /** Orders numbers by value; none is refused, not even one beyond the range of a double. */
    static int compareNumbers(JsonNode a, JsonNode b) {
        if (!a.isIntegralNumber() || !b.isIntegralNumber()) {
            return Double.compare(a.numberValue().doubleValue(), b.numberValue().doubleValue());
        }
        return a.canConvertToLong() && b.canConvertToLong()
                ? Long.compare(a.longValue(), b.longValue())
                : a.bigIntegerValue().compareTo(b.bigIntegerValue());
    }

    private static boolean sameObject(ObjectNode a, ObjectNode b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> entry : a.properties()) {
            if (!same(entry.getValue(), b.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameArray(JsonNode a, JsonNode b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!same(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }
}
