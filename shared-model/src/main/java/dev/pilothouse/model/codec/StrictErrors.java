package dev.pilothouse.model.codec;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects what strict validation objects to: each once, and no more than a hundred. Source:
 * sigs.k8s.io/json, limit of strict errors.
 */
final class StrictErrors {

    private static final int LIMIT = 100;

    private @Nullable Set<String> found;

    void add(String error) {
        Set<String> errors = found;
        if (errors == null) {
            errors = new LinkedHashSet<>();
            found = errors;
        }
        if (errors.size() < LIMIT) {
            errors.add(error);
        }
    }

    /** Whether no more errors will be taken. */
    boolean full() {
        Set<String> errors = found;
        return errors != null && errors.size() >= LIMIT;
    }

    List<String> list() {
        Set<String> errors = found;
        return errors == null ? List.of() : List.copyOf(errors);
    }
}
