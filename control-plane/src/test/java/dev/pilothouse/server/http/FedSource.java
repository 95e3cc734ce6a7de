package dev.pilothouse.server.http;

import dev.pilothouse.server.request.EventSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event source that a test feeds. */
final class FedSource implements EventSource {

    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private @Nullable Runnable wakeup;
    private boolean ended;
    private boolean closed;
    private long polled;

    void feed(byte[] object) {
        Runnable wake;
        synchronized (this) {
            frames.add(
                    new Frame(
                            "{\"type\":\"ADDED\",\"object\":".getBytes(StandardCharsets.UTF_8),
                            object,
                            "}\n".getBytes(StandardCharsets.UTF_8)));
            wake = wakeup;
        }
        if (wake != null) {
            wake.run();
        }
    }

    void end() {
        Runnable wake;
        synchronized (this) {
            ended = true;
            wake = wakeup;
        }
        if (wake != null) {
            wake.run();
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized long polled() {
        return polled;
    }

    synchronized int waiting() {
        return frames.size();
    }

    @Override
    public synchronized List<Frame> poll(int max) {
        List<Frame> taken = new ArrayList<>();
        while (taken.size() < max && !frames.isEmpty()) {
            taken.add(frames.poll());
        }
        polled += taken.size();
        return taken;
    }

    @Override
    public synchronized boolean ended() {
        return ended && frames.isEmpty();
    }

    @Override
    public void onAvailable(@Nullable Runnable newWakeup) {
        boolean now;
        synchronized (this) {
            wakeup = newWakeup;
            now = newWakeup != null && (!frames.isEmpty() || ended);
        }
        if (now) {
            newWakeup.run();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
