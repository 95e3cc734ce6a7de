package dev.pilothouse.model.patch;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.TypeSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks that an applied configuration fits its schema well enough to be merged: known fields, maps
 * and lists where they belong, distinct and complete keys. Messages follow structured-merge-diff
 * typed/validate.go.
 */
final class TypedValidation {

    private final StringBuilder path = new StringBuilder();
    private final List<String> errors = new ArrayList<>();

    private TypedValidation() {}

    /** The errors as one message, empty when there are none. */
    static String check(ObjectNode object, TypeSchema type) {
        TypedValidation validation = new TypedValidation();
        validation.check(object, Shape.of(type));
        List<String> errors = validation.errors;
        if (errors.size() <= 1) {
            return errors.isEmpty() ? "" : errors.getFirst();
        }
        return "errors:\n  " + String.join("\n  ", errors);
    }

    private void check(JsonNode value, Shape declared) {
        Shape shape = declared.forValue(value);
        if (value.isNull()) {
            return;
        }
        if (shape.kind() == Shape.Kind.ATOMIC) {
            checkInsideAtomic(value, shape);
        } else if (shape.isMap()) {
            checkMap(value, shape);
        } else if (shape.isList()) {
            checkList(value, shape);
        } else if (value.isContainer()) {
            error("expected scalar, got " + Json.string(value));
        }
    }

    private void checkMap(JsonNode value, Shape shape) {
        if (!value.isObject()) {
            error("expected map, got " + Json.string(value));
            return;
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            int length = path.length();
            path.append('.').append(entry.getKey());
            if (shape.allows(entry.getKey())) {
                check(entry.getValue(), shape.child(entry.getKey()));
            } else {
                error("field not declared in schema");
            }
            path.setLength(length);
        }
    }

    // Owned as a whole, but what is inside must fit the schema all the same.
    private void checkInsideAtomic(JsonNode value, Shape shape) {
        if (value.isObject()) {
            checkMap(value, shape);
            return;
        }
        for (int i = 0; i < value.size(); i++) {
            int length = path.length();
            path.append('[').append(i).append(']');
            check(value.get(i), shape.element());
            path.setLength(length);
        }
    }

    private void checkList(JsonNode value, Shape shape) {
        if (!value.isArray()) {
            error("expected list, got " + Json.string(value));
            return;
        }
        Set<PathElement> seen = new HashSet<>();
        Shape element = shape.element();
        for (int i = 0; i < value.size(); i++) {
            PathElement name = shape.elementName(value.get(i));
            if (name == null) {
                error("element " + i + ": " + whyNoName(value.get(i), shape));
                continue;
            }
            if (!seen.add(name)) {
                error("duplicate entries for key " + name);
            }
            int length = path.length();
            path.append(name);
            check(value.get(i), element);
            path.setLength(length);
        }
    }

    private static String whyNoName(JsonNode item, Shape shape) {
        if (shape.kind() == Shape.Kind.SET) {
            return item.isNull()
                    ? "associative list without keys has an element that's explicitly null"
                    : "associative list without keys has an element that's a "
                            + (item.isObject() ? "map" : "list")
                            + " type";
        }
        return item.isObject()
                ? "associative list with keys has an element that omits all key fields "
                        + shape.keyNames()
                        + " (and doesn't have default values for any key fields)"
                : "associative list with keys may not have "
                        + (item.isNull() ? "a null element" : "non-map elements");
    }

    private void error(String message) {
        errors.add(path.isEmpty() ? message : path + ": " + message);
    }
}
