package dev.pilothouse.server.storage;

import dev.pilothouse.model.meta.ObjectKey;

/**
 * What a revision did, without the value.
 *
 * @param revision the revision
 * @param key the object written
 * @param previousRevision the revision of the version before, 0 on create
 */
public record LogHead(long revision, ObjectKey key, long previousRevision) {}
