package dev.pilothouse.server.registry.validation;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.StatusCause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Collects what is wrong with an object, one error per bad field, in the words of apimachinery's
 * field package (util/validation/field/errors.go). Not thread-safe.
 */
public final class FieldErrors {

    /**
     * One bad field.
     *
     * @param reason cause reason, for example {@code FieldValueInvalid}
     * @param field path
     * @param body message without the path
     */
    public record FieldError(String reason, String field, String body) {

        String message() {
            return field.isEmpty() ? body : field + ": " + body;
        }
    }

    private final List<FieldError> errors = new ArrayList<>();

    /**
     * The value is not allowed here; {@code value} is a JsonNode, String, Number, Boolean or null.
     */
    public void invalid(FieldPath path, @Nullable Object value, String detail) {
        add("FieldValueInvalid", path, "Invalid value: " + show(value) + detail(detail));
    }

    /** The value is not allowed here, and too long or too dull to be shown. */
    public void invalid(FieldPath path, String detail) {
        add("FieldValueInvalid", path, "Invalid value" + detail(detail));
    }

    /** A value is missing. */
    public void required(FieldPath path, String detail) {
        add("FieldValueRequired", path, "Required value" + detail(detail));
    }

    /** The value is not one of a closed set; the set is shown in the order given. */
    public void notSupported(FieldPath path, @Nullable Object value, Collection<String> supported) {
        String list = supported.stream().map(FieldErrors::quote).collect(Collectors.joining(", "));
        add(
                "FieldValueNotSupported",
                path,
                "Unsupported value: "
                        + show(value)
                        + (supported.isEmpty() ? "" : ": supported values: " + list));
    }

    /** The field must not be set here. */
    public void forbidden(FieldPath path, String detail) {
        add("FieldValueForbidden", path, "Forbidden" + detail(detail));
    }

    /** The value occurs twice. */
    public void duplicate(FieldPath path, @Nullable Object value) {
        add("FieldValueDuplicate", path, "Duplicate value: " + show(value));
    }

    /** The value names something that does not exist. */
    public void notFound(FieldPath path, @Nullable Object value) {
        add("FieldValueNotFound", path, "Not found: " + show(value));
    }

    /** The text is too long. */
    public void tooLong(FieldPath path, int maxBytes) {
        add("FieldValueTooLong", path, "Too long: may not be more than " + maxBytes + " bytes");
    }

    /** The list has too many elements. */
    public void tooMany(FieldPath path, int actual, int max) {
        add(
                "FieldValueTooMany",
                path,
                "Too many: " + actual + ": must have at most " + max + " items");
    }

    /** The value has the wrong JSON type (custom resources). */
    public void typeInvalid(FieldPath path, @Nullable Object value, String detail) {
        add("FieldValueTypeInvalid", path, "Invalid value: " + show(value) + detail(detail));
    }

    /** Whether nothing is wrong so far. */
    public boolean isEmpty() {
        return errors.isEmpty();
    }

    /** How many errors there are so far. */
    public int size() {
        return errors.size();
    }

    /** The errors found so far. */
    public List<FieldError> all() {
        return List.copyOf(errors);
    }

    /**
     * Throws 422 when anything is wrong.
     *
     * @param kind the object's kind
     * @param name the object's name, or its generateName
     */
    public void throwIfAny(GroupVersionKind kind, String name) {
        if (errors.isEmpty()) {
            return;
        }
        List<StatusCause> causes =
                errors.stream()
                        .map(error -> new StatusCause(error.reason(), error.body(), error.field()))
                        .toList();
        List<String> messages =
                new ArrayList<>(
                        new LinkedHashSet<>(errors.stream().map(FieldError::message).toList()));
        String joined =
                messages.size() == 1
                        ? messages.getFirst()
                        : "[" + String.join(", ", messages) + "]";
        String qualifiedKind =
                kind.group().isEmpty() ? kind.kind() : kind.kind() + "." + kind.group();
        throw ApiException.invalid(
                kind, name, qualifiedKind + " \"" + name + "\" is invalid: " + joined, causes);
    }

    /** Go's %q for the texts that occur here. */
    public static String quote(String text) {
        return Json.string(tools.jackson.databind.node.StringNode.valueOf(text));
    }

    private void add(String reason, FieldPath path, String body) {
        errors.add(new FieldError(reason, path.toString(), body));
    }

    private static String detail(String detail) {
        return detail.isEmpty() ? "" : ": " + detail;
    }

    private static String show(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case String text -> quote(text);
            case JsonNode node -> Json.string(node);
            default -> value.toString();
        };
    }
}
