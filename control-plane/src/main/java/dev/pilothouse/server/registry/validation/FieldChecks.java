package dev.pilothouse.server.registry.validation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks that many kinds make of one field. Absent and empty are the same, as in Kubernetes. */
public final class FieldChecks {

    private FieldChecks() {}

    /** The text of a member, "" when it is absent. */
    public static String text(JsonNode parent, String member) {
        JsonNode value = parent.get(member);
        return value != null && value.isString() ? value.stringValue() : "";
    }

    /** Whether a member is there and not null. */
    public static boolean has(JsonNode parent, String member) {
        JsonNode value = parent.get(member);
        return value != null && !value.isNull();
    }

    /** Reports each complaint about a value. */
    public static void report(
            List<String> complaints, Object value, FieldPath path, FieldErrors errors) {
        for (int i = 0; i < complaints.size(); i++) {
            errors.invalid(path, value, complaints.get(i));
        }
    }

    /** Complains about a number below zero. */
    public static void nonNegative(
            JsonNode parent, String member, FieldPath path, FieldErrors errors) {
        JsonNode value = parent.get(member);
        if (value != null && value.isNumber() && value.asLong() < 0) {
            errors.invalid(path.child(member), value, "must be greater than or equal to 0");
        }
    }

    /** Complains about a missing text, and about one that is not allowed. */
    public static void requiredOneOf(
            JsonNode parent,
            String member,
            List<String> allowed,
            FieldPath path,
            FieldErrors errors) {
        if (text(parent, member).isEmpty()) {
            errors.required(path.child(member), "");
        } else {
            optionalOneOf(parent, member, allowed, path, errors);
        }
    }

    /** Complains about a text that is there and not allowed. */
    public static void optionalOneOf(
            JsonNode parent,
            String member,
            List<String> allowed,
            FieldPath path,
            FieldErrors errors) {
        JsonNode value = parent.get(member);
        if (value != null && !allowed.contains(value.asString(""))) {
            errors.notSupported(path.child(member), value, allowed);
        }
    }

    /** Complains when a field that never changes has changed. */
    public static void immutable(
            @Nullable JsonNode value, @Nullable JsonNode old, FieldPath path, FieldErrors errors) {
        boolean same = value == null ? old == null : value.equals(old);
        if (!same) {
            errors.invalid(path, value, "field is immutable");
        }
    }
}
