package dev.pilothouse.server.storage;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Labels and selectable fields of an object, packed: 100,000 maps would cost more than the objects.
 * Immutable.
 *
 * <p>Both are kept as sorted pairs in one array each, name before value.
 */
public final class IndexFields {

    private static final String[] NONE = {};

    /** No labels and no fields. */
    public static final IndexFields EMPTY = new IndexFields(NONE, NONE);

    private final String[] labels;
    private final String[] fields;

    private IndexFields(String[] labels, String[] fields) {
        this.labels = labels;
        this.fields = fields;
    }

    /** Packs both maps. */
    public static IndexFields of(Map<String, String> labels, Map<String, String> fields) {
        return labels.isEmpty() && fields.isEmpty()
                ? EMPTY
                : new IndexFields(pack(labels), pack(fields));
    }

    /** The value of a label, or null. */
    public @Nullable String label(String name) {
        return find(labels, name);
    }

    /** The value of a selectable field, or null when the object has no such field. */
    public @Nullable String field(String name) {
        return find(fields, name);
    }

    /** All labels, sorted by name. */
    public Map<String, String> labels() {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            all.put(labels[i], labels[i + 1]);
        }
        return all;
    }

    private static String[] pack(Map<String, String> map) {
        if (map.isEmpty()) {
            return NONE;
        }
        String[] pairs = new String[map.size() * 2];
        int next = 0;
        var entries =
                map.entrySet().stream().sorted(Comparator.comparing(Map.Entry::getKey)).toList();
        for (Map.Entry<String, String> entry : entries) {
            pairs[next++] = entry.getKey().intern();
            pairs[next++] = entry.getValue();
        }
        return pairs;
    }

    private static @Nullable String find(String[] pairs, String name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                return pairs[i + 1];
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "labels " + Arrays.toString(labels) + " fields " + Arrays.toString(fields);
    }
}
