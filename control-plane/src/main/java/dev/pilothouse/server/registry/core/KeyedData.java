package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What ConfigMaps and Secrets share: key syntax, size and immutability. Nothing is built as long as
 * everything is in order, as these are written often.
 */
final class KeyedData {

    static final int MAX_BYTES = 1024 * 1024;
    private static final String FROZEN = "field is immutable when `immutable` is set";

    private KeyedData() {}

    static void keys(ObjectNode object, String field, FieldErrors errors) {
        ObjectNode data = Json.objectAt(object, field);
        if (data == null) {
            return;
        }
        for (String key : data.propertyNames()) {
            if (!isPlain(key)) {
                for (String complaint : Names.configMapKey(key)) {
                    errors.invalid(FieldPath.of(field).key(key), key, complaint);
                }
            }
        }
    }

    /** A quick test that most keys pass; the others get the full check. */
    private static boolean isPlain(String key) {
        int length = key.length();
        if (length == 0 || length > 253 || key.charAt(0) == '.') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = key.charAt(i);
            boolean plain =
                    c >= 'a' && c <= 'z'
                            || c >= 'A' && c <= 'Z'
                            || c >= '0' && c <= '9'
                            || c == '.'
                            || c == '-'
                            || c == '_';
            if (!plain) {
                return false;
            }
        }
        return true;
    }

    /** UTF-8 bytes of all values that are plain text. */
    static long textBytes(@Nullable ObjectNode data) {
        long total = 0;
        if (data != null) {
            for (JsonNode value : data) {
                total += utf8Length(value.asString(""));
            }
        }
        return total;
    }

    /** Decoded bytes of all values that are base64. */
    static long base64Bytes(@Nullable ObjectNode data) {
        long total = 0;
        if (data != null) {
            for (JsonNode value : data) {
                String text = value.asString("");
                int length = text.length();
                int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
                total += length / 4L * 3 - padding;
            }
        }
        return total;
    }

    private static long utf8Length(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Each half of a surrogate pair is counted as two of the pair's four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }

    static void frozen(ObjectNode object, ObjectNode old, FieldErrors errors, String... fields) {
        if (!Json.bool(old, "immutable")) {
            return;
        }
        if (!Json.bool(object, "immutable")) {
            errors.forbidden(FieldPath.of("immutable"), FROZEN);
        }
        for (String field : fields) {
            if (!ObjectCheck.same(Json.at(object, field), Json.at(old, field))) {
                errors.forbidden(FieldPath.of(field), FROZEN);
            }
        }
    }
}
