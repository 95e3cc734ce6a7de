package dev.pilothouse.ui.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The latest requests that the application has sent, oldest first. Thread-safe. */
public final class RequestLog {

    private static final int KEPT = 2_000;

    private final Deque<SentRequest> entries = new ArrayDeque<>();
    private final List<Consumer<SentRequest>> listeners = new CopyOnWriteArrayList<>();
    private long sent;

    /** Empty. */
    public RequestLog() {}

    /** What is kept. */
    public synchronized List<SentRequest> entries() {
        return new ArrayList<>(entries);
    }

    /** How many have been sent in all. */
    public synchronized long sent() {
        return sent;
    }

    /** Tells of every further request, on the thread that sent it, until closed. */
    public Subscription follow(Consumer<SentRequest> listener) {
        listeners.add(listener);
        return new Subscription() {
            @Override
            public void retry() {
                // Nothing can fail here.
            }

            @Override
            public void close() {
                listeners.remove(listener);
            }
        };
    }

    void add(SentRequest request) {
        synchronized (this) {
            sent++;
            entries.addLast(request);
            if (entries.size() > KEPT) {
                entries.removeFirst();
            }
        }
        listeners.forEach(listener -> listener.accept(request));
    }
}
