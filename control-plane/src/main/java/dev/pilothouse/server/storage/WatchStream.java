package dev.pilothouse.server.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of one resource from a revision on, in order and without gaps. A slow consumer costs
 * no memory: what it has not taken is in the store's recent events or in the log, and it falls out
 * only when the log forgets too.
 *
 * <p>One consumer thread at a time may call {@link #poll}; {@code onAvailable} and {@code close}
 * may be called from any.
 */
public interface WatchStream extends AutoCloseable {

    /**
     * Takes what is there, at most {@code max} events; empty when there is nothing now. Never
     * blocks on the network; may read the log while the watch is still catching up with an old
     * revision.
     *
     * @throws RevisionException with COMPACTED when the consumer was so slow that what comes next
     *     is not kept any more
     */
    List<StoreEvent> poll(int max);

    /**
     * All events up to and including this revision have been handed out or did not concern this
     * watch.
     */
    long revision();

    /**
     * Sets what to run whenever events become available after an empty {@link #poll}; it must be
     * quick and must not block: the store's writer calls it. It is run at once when events are
     * waiting. Null removes it.
     */
    void onAvailable(@Nullable Runnable wakeup);

    @Override
    void close();
}
