package dev.pilothouse.server.streaming.command;

import dev.pilothouse.server.node.ContainerStreams;
import dev.pilothouse.server.request.UpgradedConnection;
import dev.pilothouse.server.streaming.BytePipe;
import dev.pilothouse.server.streaming.websocket.ChannelMessages;
import dev.pilothouse.server.streaming.websocket.Message;
import dev.pilothouse.server.streaming.websocket.WebSocketConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/** The channels of a session in messages whose first byte is the channel's number. */
final class WebSocketChannels implements CommandChannels {

    /**
     * What differs between the protocols.
     *
     * @param base64 text messages with a digit and Base64, rather than binary ones
     * @param statuses whether the end is told as a Status
     * @param closes whether the client can close a channel
     */
    record Dialect(boolean base64, boolean statuses, boolean closes) {}

    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int ERROR = 3;
    private static final int RESIZE = 4;
    private static final int CLOSE = 255;

    private static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
    private static final int PIECE_BYTES = 32 * 1024;

    private final WebSocketConnection socket;
    private final ChannelMessages messages;
    private final CommandOptions options;
    private final Dialect dialect;
    private final BytePipe stdin = new BytePipe();
    private final ResizeFeed sizes = new ResizeFeed();

    WebSocketChannels(UpgradedConnection connection, CommandOptions options, Dialect dialect) {
        this.socket =
                new WebSocketConnection(connection.input(), connection.output(), MAX_MESSAGE_BYTES);
        this.messages = new ChannelMessages(socket, dialect.base64());
        this.options = options;
        this.dialect = dialect;
    }

    @Override
    public ContainerStreams streams() throws IOException {
        // Tells the client that the session is open.
        int first = options.stdout() ? STDOUT : options.stderr() ? STDERR : ERROR;
        messages.send(first, new byte[0], 0, 0);
        return new ContainerStreams(
                options.stdin() ? stdin.input() : null,
                options.stdout() ? new Channel(STDOUT) : null,
                options.stderr() ? new Channel(STDERR) : null,
                sizes);
    }

    @Override
    public void read() throws IOException {
        try {
            for (Message message = socket.read(); message != null; message = socket.read()) {
                received(message);
            }
        } finally {
            stdin.fail(new IOException("the client has gone"));
        }
    }

    private void received(Message message) throws IOException {
        byte[] bytes = messages.decode(message);
        if (bytes.length == 0) {
            return;
        }
        switch (bytes[0] & 0xff) {
            case STDIN -> {
                if (options.stdin()) {
                    stdin.put(Arrays.copyOfRange(bytes, 1, bytes.length));
                }
            }
            case RESIZE -> sizes.received(bytes, 1, bytes.length - 1);
            case CLOSE -> {
                if (dialect.closes() && bytes.length > 1 && bytes[1] == STDIN) {
                    stdin.end();
                }
            }
            default -> {
                // The client must not send on the other channels; Kubernetes passes it over.
            }
        }
    }

    @Override
    public void finish(CommandOutcome outcome) throws IOException {
        byte[] message = dialect.statuses() ? outcome.asStatus() : outcome.asText();
        if (message.length > 0) {
            messages.send(ERROR, message, 0, message.length);
        }
        socket.close(WebSocketConnection.NORMAL, null);
    }

    @Override
    public void ping() throws IOException {
        socket.ping();
    }

    @Override
    public void stopReading() {
        stdin.stopReading();
    }

    /** What is written goes out at once. */
    private final class Channel extends OutputStream {

        private final int number;

        Channel(int number) {
            this.number = number;
        }

        @Override
        public void write(int value) throws IOException {
            messages.send(number, new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            for (int at = 0; at < length; at += PIECE_BYTES) {
                messages.send(number, bytes, offset + at, Math.min(PIECE_BYTES, length - at));
            }
        }
    }
}
