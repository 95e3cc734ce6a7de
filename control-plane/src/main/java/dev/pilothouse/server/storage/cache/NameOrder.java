package dev.pilothouse.server.storage.cache;

import dev.pilothouse.model.meta.ObjectKey;

/**
 * The order of objects within a resource: by namespace, then by name, as their UTF-8 bytes compare.
 *
 * <p>{@link String#compareTo} is several times faster than a loop of our own, and gives the order
 * of UTF-8 unless the first two characters that differ are both at or above U+D800, where UTF-16
 * puts supplementary characters too low. So a map of plain names, without such characters, may
 * always use it.
 */
final class NameOrder {

    private NameOrder() {}

    /** Whether a key has no character for which the two orders differ. */
    static boolean plain(ObjectKey key) {
        return plain(key.namespace()) && plain(key.name());
    }

    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= Character.MIN_SURROGATE) {
                return false;
            }
        }
        return true;
    }

    /** Compares a namespace and name with those of a key. */
    static int compare(String namespace, String name, ObjectKey key, boolean plain) {
        int order = compare(namespace, key.namespace(), plain);
        return order != 0 ? order : compare(name, key.name(), plain);
    }

    private static int compare(String a, String b, boolean plain) {
        return plain ? a.compareTo(b) : compareUtf8(a, b);
    }

    private static int compareUtf8(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean bothHigh = x >= Character.MIN_SURROGATE && y >= Character.MIN_SURROGATE;
                if (bothHigh && Character.isSurrogate(x) != Character.isSurrogate(y)) {
                    return Character.isSurrogate(x) ? 1 : -1;
                }
                return x - y;
            }
        }
        return a.length() - b.length();
    }
}
