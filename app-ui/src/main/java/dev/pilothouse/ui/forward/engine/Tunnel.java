package dev.pilothouse.ui.forward.engine;

import dev.pilothouse.ui.cluster.Cluster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection into a pod, over a WebSocket with a channel for data and one for errors. Every
 * kubelet speaks this dialect (its cri/streaming/portforward), and so do clients of the fabric8
 * family; kubectl's own, SPDY within a WebSocket, needs a newer API server.
 */
final class Tunnel {

    private static final Logger LOG = LoggerFactory.getLogger(Tunnel.class);

    private static final String PROTOCOL = "v4.channel.k8s.io";
    private static final int DATA = 0;
    private static final int ERRORS = 1;
    private static final int PIECE = 16 * 1024;

    /** After the last bytes. */
    private static final byte[] END = {};

    /** The pod is told to wait when so many messages have not been written out. */
    private static final int WAITING = 64;

    private final BlockingQueue<byte[]> received = new ArrayBlockingQueue<>(WAITING + 2);
    private final WebSocket socket;
    private volatile String error = "";

    private Tunnel(Cluster cluster, Target target) throws IOException, InterruptedException {
        socket = cluster.webSocket(target.path(), PROTOCOL, new Listener());
    }

    /**
     * Opens a connection; blocks until the pod's port answers or refuses.
     *
     * @throws IOException when there is none; the message is a sentence
     */
    static Tunnel open(Cluster cluster, Target target) throws IOException, InterruptedException {
        return new Tunnel(cluster, target);
    }

    /** What the pod said of its port; empty when nothing. */
    String error() {
        return error;
    }

    /**
     * Copies both ways until one side ends; blocks.
     *
     * @param count told how many bytes went through
     */
    void copy(Socket local, LongConsumer count) throws InterruptedException {
        Thread up = Thread.ofVirtual().name("forward-up").start(() -> up(local, count));
        try {
            OutputStream out = local.getOutputStream();
            for (byte[] bytes = received.take(); bytes.length > 0; bytes = received.take()) {
                out.write(bytes);
                socket.request(1);
                count.accept(bytes.length);
            }
        } catch (IOException e) {
            LOG.debug("the local side of a forwarded connection has gone", e);
        } finally {
            socket.abort();
            close(local);
            up.join();
        }
    }

    private void up(Socket local, LongConsumer count) {
        byte[] buffer = new byte[PIECE];
        try {
            InputStream in = local.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                ByteBuffer message = ByteBuffer.allocate(n + 1);
                message.put((byte) DATA).put(buffer, 0, n).flip();
                socket.sendBinary(message, true).get();
                count.accept(n);
            }
            // The dialect has no half-close: what the pod still sends goes on to be read.
        } catch (IOException | ExecutionException e) {
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        if (!received.offer(END)) {
            socket.abort();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("a socket was gone before it was closed", e);
        }
    }

    private final class Listener implements WebSocket.Listener {

        private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
        private int greetings;

        @Override
        public void onOpen(WebSocket webSocket) {
            webSocket.request(WAITING);
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(
                WebSocket webSocket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            parts.writeBytes(bytes);
            if (!last) {
                webSocket.request(1);
                return null;
            }
            byte[] message = parts.toByteArray();
            parts.reset();
            if (message.length == 0 || greetings < 2) {
                // The first message of each channel only names the port.
                greetings++;
                webSocket.request(1);
            } else if (message[0] == DATA && message.length == 1) {
                webSocket.request(1);
            } else if (message[0] == DATA) {
                received.add(Arrays.copyOfRange(message, 1, message.length));
            } else if (message[0] == ERRORS) {
                error = new String(message, 1, message.length - 1, StandardCharsets.UTF_8).strip();
                end();
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(
                WebSocket webSocket, int statusCode, String reason) {
            end();
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable failure) {
            end();
        }
    }
}
