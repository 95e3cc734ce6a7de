package dev.pilothouse.server.controller.client;

import dev.pilothouse.model.client.Transport.LineStream;
import dev.pilothouse.server.request.EventSource;
import dev.pilothouse.server.request.EventSource.Frame;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Turns the pulled frames of an event source into lines that a thread waits for. */
final class EventLines implements LineStream {

    private static final int BATCH = 64;

    private final int status;
    private final Map<String, String> headers;
    private final @Nullable EventSource source;
    private final Queue<Frame> pending = new ArrayDeque<>();
    private final Semaphore wakeups = new Semaphore(0);
    private volatile boolean closed;

    EventLines(int status, Map<String, String> headers, @Nullable EventSource source) {
        this.status = status;
        this.headers = headers;
        this.source = source;
    }

    /** One line and no more. */
    static EventLines of(int status, Map<String, String> headers, byte[] body) {
        EventLines lines = new EventLines(status, headers, null);
        lines.pending.add(new Frame(new byte[0], body, new byte[0]));
        return lines;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public Map<String, String> headers() {
        return headers;
    }

    @Override
    public byte @Nullable [] next() {
        while (!closed) {
            Frame frame = pending.poll();
            if (frame != null) {
                return line(frame);
            }
            if (source == null) {
                return null;
            }
            wakeups.drainPermits();
            List<Frame> batch = source.poll(BATCH);
            pending.addAll(batch);
            if (batch.isEmpty()) {
                if (source.ended()) {
                    return null;
                }
                source.onAvailable(wakeups::release);
                wakeups.acquireUninterruptibly();
            }
        }
        return null;
    }

    @Override
    public void close() {
        closed = true;
        if (source != null) {
            source.close();
        }
        wakeups.release();
    }

    private static byte[] line(Frame frame) {
        byte[] line = new byte[frame.length()];
        System.arraycopy(frame.head(), 0, line, 0, frame.head().length);
        System.arraycopy(frame.object(), 0, line, frame.head().length, frame.object().length);
        System.arraycopy(
                frame.tail(),
                0,
                line,
                frame.head().length + frame.object().length,
                frame.tail().length);
        return line;
    }
}
