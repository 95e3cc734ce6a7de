package dev.pilothouse.model.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a walk over a tree stands. Steps are cheap; text is made only when there is something to
 * report.
 */
final class FieldTrail {

    private static final int FIELD = -1;
    private static final int KEY = -2;

    private @Nullable String[] names = new String[16];
    private int[] indices = new int[16];
    private int depth;

    /** Steps into a field of a structure. */
    void field(String name) {
        push(name, FIELD);
    }

    /** Steps into an entry of a map. */
    void key(String name) {
        push(name, KEY);
    }

    /** Steps into an element of a list. */
    void index(int index) {
        push(null, index);
    }

    /** Steps back out. */
    void leave() {
        depth--;
    }

    private void push(@Nullable String name, int index) {
        if (depth == names.length) {
            names = Arrays.copyOf(names, depth * 2);
            indices = Arrays.copyOf(indices, depth * 2);
        }
        names[depth] = name;
        indices[depth++] = index;
    }

    /** The path with indices and a last name, for example {@code spec.containers[0].imagee}. */
    String strictPath(String last) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            if (indices[i] >= 0) {
                path.append('[').append(indices[i]).append(']');
            } else {
                append(path, names[i]);
            }
        }
        append(path, last);
        return path.toString();
    }

    /** The names of structure fields only, as Go's type errors show them. */
    String goPath() {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            if (indices[i] == FIELD) {
                append(path, names[i]);
            }
        }
        return path.toString();
    }

    private static void append(StringBuilder path, @Nullable String name) {
        if (!path.isEmpty()) {
            path.append('.');
        }
        path.append(name);
    }
}
