package dev.pilothouse.server.registry.validation;

import dev.pilothouse.model.json.Json;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks one JSON object and notes what is wrong under its path. Paths are made only when something
 * is wrong or a child is entered. Not thread-safe.
 */
public final class ObjectCheck {

    /** What apimachinery says of a changed field that may not change. */
    public static final String IMMUTABLE = "field is immutable";

    private static final String NEGATIVE = "must be greater than or equal to 0";

    private final ObjectNode node;
    private final @Nullable FieldPath path;
    private final FieldErrors errors;

    private ObjectCheck(ObjectNode node, @Nullable FieldPath path, FieldErrors errors) {
        this.node = node;
        this.path = path;
        this.errors = errors;
    }

    /** A whole object. */
    public static ObjectCheck of(ObjectNode object, FieldErrors errors) {
        return new ObjectCheck(object, null, errors);
    }

    /** A part of an object. */
    public static ObjectCheck of(ObjectNode part, FieldPath path, FieldErrors errors) {
        return new ObjectCheck(part, path, errors);
    }

    /** The object itself. */
    public ObjectNode node() {
        return node;
    }

    /** Where the errors go. */
    public FieldErrors errors() {
        return errors;
    }

    /** The path of this object; only for parts of objects. */
    public FieldPath path() {
        if (path == null) {
            throw new IllegalStateException("a whole object has no path");
        }
        return path;
    }

    /** The path of a field of this object. */
    public FieldPath path(String field) {
        return path == null ? FieldPath.of(field) : path.child(field);
    }

    /** The object in a field, an empty one when it is missing. */
    public ObjectCheck child(String field) {
        ObjectNode child = Json.objectAt(node, field);
        return new ObjectCheck(child == null ? Json.object() : child, path(field), errors);
    }

    /** Runs a check on the object in a field when there is one. */
    public void ifPresent(String field, Consumer<ObjectCheck> check) {
        ObjectNode child = Json.objectAt(node, field);
        if (child != null) {
            check.accept(new ObjectCheck(child, path(field), errors));
        }
    }

    /** Runs a check on each object in a list. */
    public void each(String field, Consumer<ObjectCheck> check) {
        ArrayNode list = Json.arrayAt(node, field);
        if (list == null || list.isEmpty()) {
            return;
        }
        FieldPath listPath = path(field);
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof ObjectNode element) {
                check.accept(new ObjectCheck(element, listPath.index(i), errors));
            }
        }
    }

    /** Runs a check on each text in a list. */
    public void eachText(String field, BiConsumer<String, FieldPath> check) {
        ArrayNode list = Json.arrayAt(node, field);
        if (list == null || list.isEmpty()) {
            return;
        }
        FieldPath listPath = path(field);
        for (int i = 0; i < list.size(); i++) {
            check.accept(list.get(i).asString(""), listPath.index(i));
        }
    }

    /** Whether a field has a value that is not an empty text, list or map. */
    public boolean has(String field) {
        JsonNode value = Json.at(node, field);
        return value != null
                && (value.isString()
                        ? !value.stringValue().isEmpty()
                        : !value.isContainer() || !value.isEmpty());
    }

    /** Whether a field is there, even if empty. */
    public boolean present(String field) {
        return Json.at(node, field) != null;
    }

    /** The text of a field, "" when it is missing. */
    public String text(String field) {
        return Json.text(node, field);
    }

    /** How many elements a list or map has. */
    public int size(String field) {
        JsonNode value = Json.at(node, field);
        return value == null ? 0 : value.size();
    }

    /** Notes a bad value of a field. */
    public void invalid(String field, String detail) {
        JsonNode value = Json.at(node, field);
        errors.invalid(path(field), value == null ? "" : value, detail);
    }

    /** Notes a field that must not be set. */
    public void forbidden(String field, String detail) {
        errors.forbidden(path(field), detail);
    }

    /** Notes each of the given fields that is set. */
    public void forbidPresent(String detail, String... fields) {
        for (String field : fields) {
            if (has(field)) {
                forbidden(field, detail);
            }
        }
    }

    /** Notes a missing or empty field; true when it is there. */
    public boolean require(String field) {
        return require(field, "");
    }

    /** Notes a missing or empty field; true when it is there. */
    public boolean require(String field, String detail) {
        if (has(field)) {
            return true;
        }
        errors.required(path(field), detail);
        return false;
    }

    /** Notes a value outside a closed set, if the field is set. */
    public void oneOf(String field, List<String> supported) {
        String value = text(field);
        if (present(field) && !supported.contains(value)) {
            errors.notSupported(path(field), value, supported);
        }
    }

    /** Notes a missing value, or one outside a closed set. */
    public void requireOneOf(String field, List<String> supported) {
        if (require(field)) {
            oneOf(field, supported);
        }
    }

    /** Notes a negative number. */
    public void nonNegative(String field) {
        range(field, 0, Long.MAX_VALUE, NEGATIVE);
    }

    /** Notes a number outside a closed range. */
    public void range(String field, long min, long max, String detail) {
        JsonNode value = Json.at(node, field);
        if (value != null && value.isNumber() && (value.asLong() < min || value.asLong() > max)) {
            errors.invalid(path(field), value, detail);
        }
    }

    /** Notes each complaint about the text of a field, if it is set. */
    public void syntax(String field, Function<String, List<String>> complaints) {
        if (has(field)) {
            syntax(text(field), complaints, field);
        }
    }

    private void syntax(String value, Function<String, List<String>> complaints, String field) {
        List<String> found = complaints.apply(value);
        for (String complaint : found) {
            errors.invalid(path(field), value, complaint);
        }
    }

    /** Notes a missing text, or each complaint about it. */
    public void requireSyntax(String field, Function<String, List<String>> complaints) {
        if (require(field)) {
            syntax(field, complaints);
        }
    }

    /** Notes a field that differs from the old object's, in apimachinery's words. */
    public void immutable(String field, ObjectNode old) {
        immutable(field, old, IMMUTABLE);
    }

    /** Notes a field that differs from the old object's. */
    public void immutable(String field, ObjectNode old, String detail) {
        if (!same(Json.at(node, field), Json.at(old, field))) {
            JsonNode value = Json.at(node, field);
            errors.invalid(path(field), value, detail);
        }
    }

    /** Whether two fields are equal, nothing being equal to an empty text, list or map. */
    public static boolean same(@Nullable JsonNode a, @Nullable JsonNode b) {
        if (a == null || b == null) {
            return empty(a) && empty(b);
        }
        return a.equals(b);
    }

    private static boolean empty(@Nullable JsonNode node) {
        return node == null
                || node.isString() && node.stringValue().isEmpty()
                || node.isContainer() && node.isEmpty();
    }
}
