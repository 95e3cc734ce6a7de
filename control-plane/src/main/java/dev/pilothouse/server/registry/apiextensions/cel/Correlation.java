package dev.pilothouse.server.registry.apiextensions.cel;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which old value a value has for ratcheting: what has not changed is not complained about again
 * (KEP-4008).
 *
 * @param value the value, null when it has no counterpart
 * @param old its counterpart, or null
 * @param parentUnchanged whether the nearest value round it that has a counterpart equals it
 */
record Correlation(@Nullable JsonNode value, @Nullable JsonNode old, boolean parentUnchanged) {

    /** Nothing has a counterpart. */
    static final Correlation NONE = new Correlation(null, null, false);

    static Correlation root(JsonNode value, @Nullable JsonNode old) {
        return old == null ? NONE : new Correlation(value, old, false);
    }

    private boolean exists() {
        return value != null && old != null;
    }

    /** Whether complaints about the value are old ones. */
    boolean isUnchanged() {
        return value != null && old != null ? value.equals(old) : parentUnchanged;
    }

    /** What a field or an element has, given its counterpart. */
    Correlation child(JsonNode child, @Nullable JsonNode counterpart) {
        if (!exists()) {
            return this;
        }
        return counterpart == null
                ? new Correlation(null, null, isUnchanged())
                : new Correlation(child, counterpart, isUnchanged());
    }
}
