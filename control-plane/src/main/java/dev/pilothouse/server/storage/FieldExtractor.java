package dev.pilothouse.server.storage;

import dev.pilothouse.model.meta.ObjectKey;

/** Reads what selectors ask for out of stored JSON. Thread-safe; used when live state is rebuilt from the log. */
@FunctionalInterface
public interface FieldExtractor {

    /** The index fields of an object. */
    IndexFields extract(ObjectKey key, byte[] json);
}
