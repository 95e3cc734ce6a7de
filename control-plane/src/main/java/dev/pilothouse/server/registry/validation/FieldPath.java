package dev.pilothouse.server.registry.validation;

import org.jspecify.annotations.Nullable;

/**
 * The path of a field in Kubernetes' notation: {@code spec.containers[0].ports[1].name}, {@code
 * metadata.labels[a/b]}.
 */
public final class FieldPath {

    private final @Nullable FieldPath parent;
    private final String segment;
    private final boolean subscript;

    private FieldPath(@Nullable FieldPath parent, String segment, boolean subscript) {
        this.parent = parent;
        this.segment = segment;
        this.subscript = subscript;
    }

    /** A top-level field. */
    public static FieldPath of(String name) {
        return new FieldPath(null, name, false);
    }

    /** A field of this one. */
    public FieldPath child(String name) {
        return new FieldPath(this, name, false);
    }

    /** An element of this list. */
    public FieldPath index(int index) {
        return new FieldPath(this, Integer.toString(index), true);
    }

    /** An entry of this map. */
    public FieldPath key(String key) {
        return new FieldPath(this, key, true);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text);
        return text.toString();
    }

    private void append(StringBuilder text) {
        if (parent != null) {
            parent.append(text);
        }
        if (subscript) {
            text.append('[').append(segment).append(']');
        } else {
            if (!text.isEmpty()) {
                text.append('.');
            }
            text.append(segment);
        }
    }
}
