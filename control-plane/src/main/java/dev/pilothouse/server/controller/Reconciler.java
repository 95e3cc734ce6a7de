package dev.pilothouse.server.controller;

/**
 * Brings what a key names where it should be, from wherever it is now. Must come to the same when
 * called twice. Called by several threads at once, but never for the same key.
 *
 * @param <K> names what is worked on; has equals and hashCode
 */
@FunctionalInterface
public interface Reconciler<K> {

    /** One attempt; an exception counts as {@link Result.Retry}. */
    Result reconcile(K key);
}
