package dev.pilothouse.model.schema.structural;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One value that a schema does not allow. Source: apiextensions pkg/apiserver/validation, which
 * sorts the findings of OpenAPI validation into field errors.
 *
 * @param reason what kind of error it is
 * @param path the field, for example {@code spec.ports[0].name}; {@code <nil>} for errors of
 *     junctors, which name their field in the message
 * @param value the bad value, or null when there is none to show
 * @param detail what is wrong, or empty
 * @param supported the values that are allowed (UNSUPPORTED only)
 * @param actual how many there are (TOO_MANY only)
 * @param limit how many there may be (TOO_LONG and TOO_MANY only)
 */
public record SchemaError(
        Reason reason,
        String path,
        @Nullable JsonNode value,
        String detail,
        List<String> supported,
        int actual,
        int limit) {

    /** What kind of error it is. */
    public enum Reason {
        INVALID,
        WRONG_TYPE,
        REQUIRED,
        UNSUPPORTED,
        DUPLICATE,
        TOO_LONG,
        TOO_MANY
    }

    static SchemaError of(Reason reason, String path, @Nullable JsonNode value, String detail) {
        return new SchemaError(reason, path, value, detail, List.of(), 0, 0);
    }

    static SchemaError required(String path, String detail) {
        return of(Reason.REQUIRED, path, null, detail);
    }

    static SchemaError unsupported(String path, JsonNode value, List<String> supported) {
        return new SchemaError(Reason.UNSUPPORTED, path, value, "", supported, 0, 0);
    }

    static SchemaError tooLong(String path, JsonNode value, long limit) {
        return new SchemaError(
                Reason.TOO_LONG, path, value, "", List.of(), 0, Math.toIntExact(limit));
    }

    static SchemaError tooMany(String path, int actual, long limit) {
        return new SchemaError(
                Reason.TOO_MANY, path, null, "", List.of(), actual, Math.toIntExact(limit));
    }
}
