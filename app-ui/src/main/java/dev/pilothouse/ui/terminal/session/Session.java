package dev.pilothouse.ui.terminal.session;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Cluster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One session over a WebSocket: a byte that names the channel, then what belongs to it. Source: KEP
 * 4006, apimachinery's remotecommand. Thread-safe.
 */
public final class Session implements AutoCloseable {

    private static final String PROTOCOL = "v5.channel.k8s.io";
    private static final int INPUT = 0;
    private static final int ERRORS = 3;
    private static final int SIZE = 4;
    private static final int CLOSE = 255;

    private final Events events;
    private @Nullable WebSocket socket;
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
    private boolean ended;

    /** Receives what happens; called one at a time, on threads of the connection. */
    public interface Events {
        /** The program wrote something. */
        void output(byte[] bytes, int from, int to);

        /** It is over; nothing comes after this. */
        void ended(Ending ending);
    }

    /** How a session ended. */
    public sealed interface Ending {

        /** The program ended with a code. */
        record Exited(int code) implements Ending {}

        /** It could not be opened, or the connection broke; a sentence says why. */
        record Failed(String reason) implements Ending {}
    }

    private Session(Events events) {
        this.events = events;
    }

    /**
     * Opens a session; returns at once, and says by {@link Events#ended} when it fails.
     *
     * @param columns of the terminal
     * @param rows of the terminal
     */
    public static Session open(
            Cluster cluster, SessionRequest request, int columns, int rows, Events events) {
        var session = new Session(events);
        Thread.ofVirtual()
                .name("exec")
                .start(() -> session.connect(cluster, request, columns, rows));
        return session;
    }

    private void connect(Cluster cluster, SessionRequest request, int columns, int rows) {
        try {
            WebSocket opened = cluster.webSocket(request.path(), PROTOCOL, new Listener());
            synchronized (this) {
                socket = opened;
                if (ended) {
                    opened.abort();
                    return;
                }
            }
            if (request.tty()) {
                resize(columns, rows);
            }
        } catch (IOException e) {
            end(new Ending.Failed(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends what was typed. */
    public void type(byte[] bytes) {
        send(INPUT, bytes);
    }

    /** Says that nothing more will be typed. */
    public void endInput() {
        send(CLOSE, new byte[] {INPUT});
    }

    /** Tells the program the size of the terminal. */
    public void resize(int columns, int rows) {
        ObjectNode size = Json.object().put("Width", columns).put("Height", rows);
        send(SIZE, Json.bytes(size));
    }

    private synchronized void send(int channel, byte[] bytes) {
        WebSocket open = socket;
        if (open == null || ended) {
            return;
        }
        ByteBuffer message = ByteBuffer.allocate(bytes.length + 1);
        message.put((byte) channel).put(bytes).flip();
        // One after the other, as WebSocket wants it; a failure is told by the listener.
        sending = sending.handle((_, _) -> null).thenCompose(_ -> open.sendBinary(message, true));
    }

    private void end(Ending ending) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        events.ended(ending);
    }

    /** Ends the session; the program is told that its terminal is gone. */
    @Override
    public void close() {
        WebSocket open;
        synchronized (this) {
            ended = true;
            open = socket;
        }
        if (open != null) {
            open.abort();
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
        private @Nullable Ending ending;

        @Override
        public @Nullable CompletionStage<?> onBinary(
                WebSocket webSocket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            parts.writeBytes(bytes);
            if (last) {
                byte[] message = parts.toByteArray();
                parts.reset();
                if (message.length > 0) {
                    message(message);
                }
            }
            webSocket.request(1);
            return null;
        }

        private void message(byte[] message) {
            int channel = message[0];
            if (channel == ERRORS) {
                ending = ending(Arrays.copyOfRange(message, 1, message.length));
            } else if (message.length > 1) {
                events.output(message, 1, message.length);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onClose(
                WebSocket webSocket, int statusCode, String reason) {
            end(ending != null ? ending : new Ending.Failed(reason));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            end(ending != null ? ending : new Ending.Failed(String.valueOf(error.getMessage())));
        }
    }

    /** What the Status at the end says. */
    static Ending ending(byte[] bytes) {
        try {
            JsonNode status = Json.parse(bytes);
            if (Json.text(status, "status").equals("Success")) {
                return new Ending.Exited(0);
            }
            for (ObjectNode cause : Json.objects(status.path("details"), "causes")) {
                if (Json.text(cause, "reason").equals("ExitCode")) {
                    return new Ending.Exited(Integer.parseInt(Json.text(cause, "message")));
                }
            }
            return new Ending.Failed(Json.text(status, "message"));
        } catch (JacksonException | NumberFormatException e) {
            return new Ending.Failed(new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
