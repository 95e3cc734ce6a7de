package dev.pilothouse.ui.cluster;

/** Something that is kept live until closed. Thread-safe. */
public interface Subscription extends AutoCloseable {

    /** Tries again at once when it is waiting after a failure. */
    void retry();

    /** Ends it; events that are under way may still come. */
    @Override
    void close();
}
