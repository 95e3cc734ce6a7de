package dev.pilothouse.server.storage;

import org.jspecify.annotations.Nullable;

/**
 * One committed write as watchers see it. Shared by all watchers.
 *
 * @param type what happened
 * @param revision the revision of the write
 * @param object the new state; for a delete the last state, its resourceVersion being the delete's
 *     revision
 * @param previous the state before, null on create
 */
public record StoreEvent(
        WriteRequest.Type type,
        long revision,
        StoredObject object,
        @Nullable StoredObject previous) {}
