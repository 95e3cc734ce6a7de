package dev.pilothouse.server.streaming.spdy;

import dev.pilothouse.server.streaming.BytePipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A stream of a session, opened by the client. Thread-safe; one thread reads and one writes. */
public final class SpdyStream {

    private static final int FRAME_BYTES = 32 * 1024;

    private final SpdySession session;
    private final int id;
    private final Map<String, String> headers;
    private final BytePipe pipe = new BytePipe();
    private final Output output = new Output();

    // Guarded by this.
    private boolean remoteEnded;
    private boolean localEnded;
    private boolean reset;
    private @Nullable Runnable onReset;

    SpdyStream(SpdySession session, int id, Map<String, String> headers) {
        this.session = session;
        this.id = id;
        this.headers = Map.copyOf(headers);
    }

    /** A header, or the empty text; the name in lower case. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** What the client sends, at its end when it has sent all. */
    public InputStream input() {
        return pipe.input();
    }

    /** What is sent to the client at once; closing it says that nothing more comes. */
    public OutputStream output() {
        return output;
    }

    /** Sets what to run when the client resets the stream or has gone. */
    public void onReset(Runnable task) {
        synchronized (this) {
            if (!reset) {
                onReset = task;
                return;
            }
        }
        task.run();
    }

    /** Throws away what is unread and what the client still sends. */
    public void stopReading() {
        pipe.stopReading();
    }

    /** Breaks the stream off. */
    public void reset() throws IOException {
        synchronized (this) {
            if (reset || (localEnded && remoteEnded)) {
                return;
            }
            reset = true;
        }
        pipe.end();
        session.forget(id);
        session.sendReset(id, SpdySession.CANCEL);
    }

    /** Its number in the session. */
    public int id() {
        return id;
    }

    void received(byte[] bytes) throws IOException {
        pipe.put(bytes);
    }

    void receivedEnd() {
        pipe.end();
        boolean over;
        synchronized (this) {
            remoteEnded = true;
            over = localEnded;
        }
        if (over) {
            session.forget(id);
        }
    }

    /** The client has reset the stream, or has gone. */
    void broken(IOException cause) {
        Runnable task;
        synchronized (this) {
            reset = true;
            task = onReset;
            onReset = null;
        }
        pipe.fail(cause);
        session.forget(id);
        if (task != null) {
            task.run();
        }
    }

    private void endLocal() throws IOException {
        boolean over;
        synchronized (this) {
            if (localEnded || reset) {
                return;
            }
            localEnded = true;
            over = remoteEnded;
        }
        session.sendData(id, true, new byte[0], 0, 0);
        if (over) {
            session.forget(id);
        }
    }

    private synchronized void requireOpen() throws IOException {
        if (localEnded || reset) {
            throw new IOException("the stream has been closed");
        }
    }

    private final class Output extends OutputStream {

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            int at = offset;
            int left = length;
            while (left > 0) {
                requireOpen();
                int count = Math.min(left, FRAME_BYTES);
                session.sendData(id, false, bytes, at, count);
                at += count;
                left -= count;
            }
        }

        @Override
        public void close() throws IOException {
            endLocal();
        }
    }
}
