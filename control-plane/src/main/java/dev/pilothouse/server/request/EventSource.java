package dev.pilothouse.server.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream of encoded watch events that the transport pulls. One thread at a time may call {@link
 * #poll}; the other methods may be called from any thread.
 */
public interface EventSource extends AutoCloseable {

    /**
     * One encoded event in three pieces, so that the object's bytes are shared by all watchers.
     * Together they are one JSON document followed by a line feed.
     *
     * @param head start of the event up to the object
     * @param object the object
     * @param tail the rest
     */
    record Frame(byte[] head, byte[] object, byte[] tail) {

        /** Length of the event in bytes. */
        public int length() {
            return head.length + object.length + tail.length;
        }
    }

    /**
     * What is there now, at most {@code max} frames; empty when there is nothing. May read the
     * disk, never the network.
     */
    List<Frame> poll(int max);

    /** Whether no frame will come any more; to be asked after a poll that gave nothing. */
    boolean ended();

    /**
     * Sets what to run when frames may be available or the stream has ended, after a poll that gave
     * nothing. Runs at once when that is so already. It must neither block nor throw.
     */
    void onAvailable(@Nullable Runnable wakeup);

    @Override
    void close();
}
