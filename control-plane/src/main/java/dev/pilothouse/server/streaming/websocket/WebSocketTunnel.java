package dev.pilothouse.server.streaming.websocket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A pair of streams through the binary messages of a WebSocket. Source: KEP 4006, port-forward over
 * WebSockets.
 */
public final class WebSocketTunnel {

    private final WebSocketConnection socket;

    /** A tunnel through a connection that nobody else uses. */
    public WebSocketTunnel(WebSocketConnection socket) {
        this.socket = socket;
    }

    /** What the client sends; at its end when the client closes the WebSocket. */
    public InputStream input() {
        return new Input();
    }

    /** What is sent to the client, one message at each flush. */
    public OutputStream output() {
        return new Output();
    }

    private final class Input extends InputStream {

        private byte @Nullable [] bytes = new byte[0];
        private int at;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int start, int length) throws IOException {
            Objects.checkFromIndexSize(start, length, target.length);
            byte[] current = bytes;
            while (current != null && at == current.length) {
                Message message = socket.read();
                current = message == null ? null : message.bytes();
                bytes = current;
                at = 0;
            }
            if (current == null) {
                return -1;
            }
            int count = Math.min(length, current.length - at);
            System.arraycopy(current, at, target, start, count);
            at += count;
            return count;
        }
    }

    private final class Output extends OutputStream {

        private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

        @Override
        public void write(int value) {
            pending.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            pending.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            if (pending.size() > 0) {
                byte[] message = pending.toByteArray();
                pending.reset();
                socket.sendBinary(message, 0, message.length);
            }
        }
    }
}
