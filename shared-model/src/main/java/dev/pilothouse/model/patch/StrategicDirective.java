package dev.pilothouse.model.patch;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The instructions that a strategic merge patch carries between its data. Names and messages follow
 * apimachinery util/strategicpatch and util/mergepatch.
 */
final class StrategicDirective {

    static final String PATCH = "$patch";
    static final String RETAIN_KEYS = "$retainKeys";
    static final String DELETE_FROM_PRIMITIVE_LIST = "$deleteFromPrimitiveList/";
    static final String SET_ELEMENT_ORDER = "$setElementOrder/";

    private StrategicDirective() {}

    static boolean isDirective(String name) {
        return name.startsWith("$")
                && (name.equals(PATCH)
                        || name.equals(RETAIN_KEYS)
                        || name.startsWith(DELETE_FROM_PRIMITIVE_LIST)
                        || name.startsWith(SET_ELEMENT_ORDER));
    }

    /** The {@code $patch} of a map or list element, empty when it has none. */
    static String patchOf(JsonNode map) {
        JsonNode directive = map.get(PATCH);
        if (directive == null) {
            return "";
        }
        if (directive.isString()) {
            switch (directive.stringValue()) {
                case "replace", "delete", "merge" -> {
                    return directive.stringValue();
                }
                default -> {}
            }
        }
        throw ApiException.badRequest(
                "unknown patch type: " + goText(directive) + " in map: " + goText(map));
    }

    /**
     * A copy of new content from a patch, ready to be stored: without directives, without null
     * fields, and without list elements that only carried a directive.
     */
    static JsonNode content(JsonNode patch) {
        return switch (patch) {
            case ObjectNode object -> {
                ObjectNode result = Json.object();
                for (Map.Entry<String, JsonNode> entry : object.properties()) {
                    if (!isDirective(entry.getKey()) && !entry.getValue().isNull()) {
                        result.set(entry.getKey(), content(entry.getValue()));
                    }
                }
                yield result;
            }
            case ArrayNode array -> {
                ArrayNode result = Json.array();
                for (JsonNode element : array) {
                    if (!(element.isObject() && element.has(PATCH))) {
                        result.add(content(element));
                    }
                }
                yield result;
            }
            default -> patch;
        };
    }

    static ArrayNode list(JsonNode value) {
        if (value instanceof ArrayNode array) {
            return array;
        }
        throw ApiException.badRequest(
                "expected a slice, but received a "
                        + switch (value.getNodeType()) {
                            case OBJECT -> "map[string]interface {}";
                            case STRING -> "string";
                            case BOOLEAN -> "bool";
                            case NUMBER -> value.isIntegralNumber() ? "int64" : "float64";
                            default -> "<nil>";
                        });
    }

    /** The merge key's value in a list element. */
    static JsonNode key(JsonNode element, String mergeKey) {
        JsonNode key = element.get(mergeKey);
        if (key == null) {
            throw ApiException.badRequest(
                    "map: "
                            + goText(element)
                            + " does not contain declared merge key: "
                            + mergeKey);
        }
        return key;
    }

    /** A value as Go's {@code %v} prints it, which is what the messages show. */
    static String goText(@Nullable JsonNode value) {
        StringBuilder text = new StringBuilder();
        appendGo(text, value);
        return text.toString();
    }

    private static void appendGo(StringBuilder text, @Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            text.append("<nil>");
        } else if (value instanceof ObjectNode object) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            object.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
            text.append("map[");
            String separator = "";
            for (Map.Entry<String, JsonNode> entry : sorted.entrySet()) {
                text.append(separator).append(entry.getKey()).append(':');
                appendGo(text, entry.getValue());
                separator = " ";
            }
            text.append(']');
        } else if (value.isArray()) {
            text.append('[');
            for (int i = 0; i < value.size(); i++) {
                text.append(i == 0 ? "" : " ");
                appendGo(text, value.get(i));
            }
            text.append(']');
        } else {
            text.append(value.isString() ? value.stringValue() : value.toString());
        }
    }
}
