package dev.pilothouse.server.storage;

import dev.pilothouse.model.meta.ObjectKey;

/**
 * One write, prepared by a request thread and decided by the store's single writer.
 *
 * @param type what is done
 * @param key the object
 * @param expectedRevision the revision that the object must have now; 0 when it must not exist.
 *     Anything else fails the write with {@link RevisionConflictException}
 * @param json the new object as UTF-8 JSON without {@code metadata.resourceVersion} (for a delete:
 *     its last state). It must contain {@code "metadata":&#123;} as a top-level member with at
 *     least one field inside, before any nested member of that name: the writer splices the
 *     resourceVersion in right after that brace
 * @param fields what selectors ask for
 * @param durability when it is acknowledged
 * @param provenance who and why
 */
public record WriteRequest(
        Type type,
        ObjectKey key,
        long expectedRevision,
        byte[] json,
        IndexFields fields,
        Durability durability,
        Provenance provenance) {

    /** What a write does. */
    public enum Type {
        CREATE,
        UPDATE,
        DELETE
    }
}
