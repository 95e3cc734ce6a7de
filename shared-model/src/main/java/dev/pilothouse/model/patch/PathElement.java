package dev.pilothouse.model.patch;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One step of a field path: a field, a list-map item by its keys, a set item by its value, or a
 * list item by its index. Ordered as structured-merge-diff orders them: fields, keys, values,
 * indexes.
 */
final class PathElement implements Comparable<PathElement> {

    private static final String FIELD = "f:";
    private static final String KEY = "k:";
    private static final String VALUE = "v:";
    private static final String INDEX = "i:";

    private final String wire;
    private final @Nullable JsonNode content;

    private PathElement(String wire, @Nullable JsonNode content) {
        this.wire = wire;
        this.content = content;
    }

    static PathElement field(String name) {
        return new PathElement(FIELD.concat(name), null);
    }

    /** A list-map item; the key fields must come sorted by name. */
    static PathElement key(ObjectNode key) {
        return new PathElement(KEY.concat(Json.string(key)), key);
    }

    static PathElement value(JsonNode value) {
        return new PathElement(VALUE.concat(Json.string(value)), value);
    }

    static PathElement index(int index) {
        return new PathElement(INDEX + index, null);
    }

    /**
     * Reads the wire form used in fieldsV1.
     *
     * @throws ApiException 400 when it is not one
     */
    static PathElement parse(String wire) {
        if (wire.startsWith(FIELD)) {
            return new PathElement(wire, null);
        }
        try {
            String rest = wire.length() < 2 ? "" : wire.substring(2);
            if (wire.startsWith(KEY) && Json.parse(rest) instanceof ObjectNode key) {
                return key(sorted(key));
            }
            if (wire.startsWith(VALUE) && !rest.isBlank()) {
                return value(Json.parse(rest));
            }
            if (wire.startsWith(INDEX)) {
                return index(Integer.parseInt(rest));
            }
        } catch (JacksonException | NumberFormatException e) {
            throw ApiException.badRequest("unrecognized path element \"" + wire + "\"");
        }
        throw ApiException.badRequest("unrecognized path element \"" + wire + "\"");
    }

    private static ObjectNode sorted(ObjectNode key) {
        ObjectNode sorted = Json.object();
        Map<String, JsonNode> fields = new TreeMap<>();
        key.properties().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
        fields.forEach(sorted::set);
        return sorted;
    }

    /** The form used as a name in fieldsV1, for example {@code f:spec}. */
    String wire() {
        return wire;
    }

    boolean isField() {
        return wire.charAt(0) == 'f';
    }

    /** The name of the field this element stands for. */
    String fieldName() {
        return wire.substring(2);
    }

    @Override
    public int compareTo(PathElement other) {
        int kind = rank() - other.rank();
        if (kind != 0) {
            return kind;
        }
        if (content == null || other.content == null) {
            return wire.charAt(0) == 'i'
                    ? Integer.compare(
                            Integer.parseInt(fieldName()), Integer.parseInt(other.fieldName()))
                    : wire.compareTo(other.wire);
        }
        if (wire.equals(other.wire)) {
            return 0;
        }
        int order = compare(content, other.content);
        return order != 0 ? order : wire.compareTo(other.wire);
    }

    private int rank() {
        return switch (wire.charAt(0)) {
            case 'f' -> 0;
            case 'k' -> 1;
            case 'v' -> 2;
            default -> 3;
        };
    }

    private static int compare(JsonNode a, JsonNode b) {
        if (a.isObject() && b.isObject()) {
            return compareKeys(a, b);
        }
        if (a.isNumber() && b.isNumber()) {
            return JsonEquality.compareNumbers(a, b);
        }
        if (a.isString() && b.isString()) {
            return a.stringValue().compareTo(b.stringValue());
        }
        return typeRank(a) - typeRank(b);
    }

    private static int compareKeys(JsonNode a, JsonNode b) {
        Iterator<Map.Entry<String, JsonNode>> left = a.properties().iterator();
        Iterator<Map.Entry<String, JsonNode>> right = b.properties().iterator();
        while (left.hasNext() && right.hasNext()) {
            Map.Entry<String, JsonNode> l = left.next();
            Map.Entry<String, JsonNode> r = right.next();
            int order = l.getKey().compareTo(r.getKey());
            if (order == 0) {
                order = compare(l.getValue(), r.getValue());
            }
            if (order != 0) {
                return order;
            }
        }
        return Boolean.compare(left.hasNext(), right.hasNext());
    }

    private static int typeRank(JsonNode node) {
        return switch (node.getNodeType()) {
            case NUMBER -> 0;
            case STRING -> 1;
            case BOOLEAN -> node.booleanValue() ? 3 : 2;
            default -> 4;
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PathElement element && element.wire.equals(wire);
    }

    @Override
    public int hashCode() {
        return wire.hashCode();
    }

    /** The form used in messages, for example {@code .spec} or {@code [name="nginx"]}. */
    @Override
    public String toString() {
        if (content == null) {
            return isField() ? "." + fieldName() : "[" + fieldName() + "]";
        }
        if (wire.charAt(0) == 'v') {
            return "[=" + Json.string(content) + "]";
        }
        List<String> parts = new ArrayList<>();
        content.properties()
                .forEach(entry -> parts.add(entry.getKey() + "=" + Json.string(entry.getValue())));
        return "[" + String.join(",", parts) + "]";
    }
}
