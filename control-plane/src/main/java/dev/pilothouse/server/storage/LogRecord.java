package dev.pilothouse.server.storage;

import dev.pilothouse.model.meta.ObjectKey;

/**
 * One revision as the log keeps it.
 *
 * @param revision the revision; unique and rising
 * @param key the object written
 * @param type what was done
 * @param previousRevision the revision of the version before, 0 on create
 * @param createRevision the revision that created the object
 * @param time when, in milliseconds since 1970
 * @param provenance who and why
 * @param json the object as UTF-8 JSON without resourceVersion; for a delete its last state
 */
public record LogRecord(
        long revision,
        ObjectKey key,
        WriteRequest.Type type,
        long previousRevision,
        long createRevision,
        long time,
        Provenance provenance,
        byte[] json) {}
