package dev.pilothouse.server.storage;

import dev.pilothouse.model.meta.ObjectKey;

/**
 * One version of an object as it is kept and served. Immutable and shared between threads; never
 * write to the arrays.
 *
 * @param key where the object lives
 * @param revision the revision that wrote this version: its resourceVersion
 * @param createRevision the revision that created the object
 * @param json the object as UTF-8 JSON in its stored version, with resourceVersion
 * @param fields what selectors ask for
 */
public record StoredObject(
        ObjectKey key, long revision, long createRevision, byte[] json, IndexFields fields) {}
