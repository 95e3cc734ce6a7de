package dev.pilothouse.server.storage.cache;

import dev.pilothouse.server.storage.StoreEvent;
import org.jspecify.annotations.Nullable;

/** A link of a {@link Channel}. Written by the thread that holds the cache's lock, read by all. */
final class EventNode {

    /** Follows a node whose real successor has been dropped. */
    static final EventNode DROPPED = new EventNode(null);

    /** Null when the event has been dropped, and in a channel's first node. */
    volatile @Nullable StoreEvent event;

    volatile @Nullable EventNode next;

    EventNode(@Nullable StoreEvent event) {
        this.event = event;
    }
}
