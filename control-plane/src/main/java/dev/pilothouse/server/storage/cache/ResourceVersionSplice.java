package dev.pilothouse.server.storage.cache;

import java.nio.charset.StandardCharsets;

/**
 * Puts the resourceVersion into stored JSON without parsing it.
 *
 * <p>The bytes looked for cannot occur inside a string: there the quotes would be escaped.
 */
final class ResourceVersionSplice {

    private static final byte[] METADATA = "\"metadata\":{".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FIELD =
            "\"resourceVersion\":\"".getBytes(StandardCharsets.US_ASCII);

    private ResourceVersionSplice() {}

    /**
     * Where the first field of the top-level metadata begins.
     *
     * @throws IllegalArgumentException when there is no metadata, or nothing in it
     */
    static int offset(byte[] json) {
        int last = json.length - METADATA.length;
        for (int i = 0; i < last; i++) {
            if (json[i] == '"' && json[i + 1] == 'm' && matches(json, i)) {
                int offset = i + METADATA.length;
                if (json[offset] == '}') {
                    break;
                }
                return offset;
            }
        }
        throw new IllegalArgumentException("the object has no metadata with a field in it");
    }

    private static boolean matches(byte[] json, int at) {
        for (int i = 2; i < METADATA.length; i++) {
            if (json[at + i] != METADATA[i]) {
                return false;
            }
        }
        return true;
    }

    /** The JSON with {@code "resourceVersion":"N",} at an offset. */
    static byte[] insert(byte[] json, int offset, long revision) {
        int digits = digits(revision);
        int length = FIELD.length + digits + 2;
        byte[] spliced = new byte[json.length + length];
        System.arraycopy(json, 0, spliced, 0, offset);
        System.arraycopy(FIELD, 0, spliced, offset, FIELD.length);
        long rest = revision;
        for (int i = offset + FIELD.length + digits - 1; i >= offset + FIELD.length; i--) {
            spliced[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        spliced[offset + length - 2] = '"';
        spliced[offset + length - 1] = ',';
        System.arraycopy(json, offset, spliced, offset + length, json.length - offset);
        return spliced;
    }

    private static int digits(long number) {
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }
}
