package dev.pilothouse.server.storage;

import dev.pilothouse.model.meta.ObjectKey;

/**
 * Rebuilds what selectors ask for from stored JSON: at start, and for old versions read back from
 * the log. Called by several threads at once.
 */
@FunctionalInterface
public interface FieldExtractor {

    /**
     * The labels and selectable fields of an object.
     *
     * @param key where the object lives
     * @param json the object as UTF-8 JSON; not to be changed
     */
    IndexFields extract(ObjectKey key, byte[] json);
}
