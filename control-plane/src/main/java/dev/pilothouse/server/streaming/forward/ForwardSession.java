package dev.pilothouse.server.streaming.forward;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.node.PodConnection;
import dev.pilothouse.server.streaming.Copying;
import dev.pilothouse.server.streaming.KeepAlive;
import dev.pilothouse.server.streaming.spdy.SpdySession;
import dev.pilothouse.server.streaming.spdy.SpdyStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards connections over one SPDY session: for each the client opens a stream for errors and one
 * for data, which name the port and belong together by their request id.
 */
final class ForwardSession {

    private static final Logger LOG = LoggerFactory.getLogger(ForwardSession.class);

    /** How long a client may take to open the second stream of a pair, as in Kubernetes. */
    private static final long PAIR_SECONDS = 30;

    private final PortConnector pod;
    private final Map<String, Pair> incomplete = new ConcurrentHashMap<>();

    /** Two streams of one connection. */
    private record Pair(
            int port, CompletableFuture<SpdyStream> data, CompletableFuture<SpdyStream> error) {}

    ForwardSession(PortConnector pod) {
        this.pod = pod;
    }

    /** Forwards until the client has gone. */
    void run(InputStream in, OutputStream out) throws IOException {
        Thread reader = Thread.currentThread();
        try (SpdySession session = new SpdySession(in, out, this::opened);
                KeepAlive _ = KeepAlive.start(session::ping, reader::interrupt)) {
            session.read();
        } finally {
            incomplete.values().forEach(ForwardSession::giveUp);
            // What it was interrupted for is over.
            Thread.interrupted();
        }
    }

    private static void giveUp(Pair pair) {
        pair.data().cancel(false);
        pair.error().cancel(false);
    }

    private boolean opened(SpdyStream stream) {
        int port = PortForwards.number(stream.header("port"));
        boolean data = stream.header("streamtype").equals("data");
        if (port < 0 || !data && !stream.header("streamtype").equals("error")) {
            return false;
        }
        String id = requestId(stream, data);
        Pair pair = incomplete.get(id);
        if (pair == null) {
            pair = new Pair(port, new CompletableFuture<>(), new CompletableFuture<>());
            Pair started = pair;
            incomplete.put(id, pair);
            Thread.ofVirtual().name("port-forward").start(() -> forward(id, started));
        }
        return (data ? pair.data() : pair.error()).complete(stream);
    }

    /** Clients of before 1.1 name no request; their streams follow each other. */
    private static String requestId(SpdyStream stream, boolean data) {
        String id = stream.header("requestid");
        return id.isEmpty() ? "stream " + (data ? stream.id() - 2 : stream.id()) : id;
    }

    private void forward(String id, Pair pair) {
        try {
            SpdyStream error = pair.error().get(PAIR_SECONDS, TimeUnit.SECONDS);
            SpdyStream data = pair.data().get(PAIR_SECONDS, TimeUnit.SECONDS);
            incomplete.remove(id);
            forward(pair.port(), data, error);
        } catch (TimeoutException e) {
            LOG.debug("a client opened one stream of two", e);
            for (SpdyStream half : opened(pair)) {
                end(half);
            }
        } catch (InterruptedException | ExecutionException | RuntimeException e) {
            LOG.debug("a client has gone", e);
        } finally {
            incomplete.remove(id);
        }
    }

    /** What has been opened of a pair. */
    private static List<SpdyStream> opened(Pair pair) {
        return Stream.of(pair.data(), pair.error())
                .filter(half -> half.state() == Future.State.SUCCESS)
                .map(CompletableFuture::join)
                .toList();
    }

    private void forward(int port, SpdyStream data, SpdyStream error) {
        try (PodConnection connection = pod.connect(port)) {
            data.onReset(connection::close);
            Thread upstream =
                    Thread.ofVirtual()
                            .name("port-forward-up")
                            .start(() -> send(data.input(), connection));
            receive(connection, data);
            data.output().close();
            error.output().close();
            upstream.join();
        } catch (IOException | ApiException e) {
            tell(error, pod.failure(port, e));
            end(data);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A connection that the pod breaks off is no failure of forwarding. */
    private static void receive(PodConnection connection, SpdyStream data) {
        try {
            Copying.live(connection.input(), data.output());
        } catch (IOException e) {
            LOG.debug("a forwarded connection was broken off", e);
            connection.close();
        }
    }

    private static void send(InputStream from, PodConnection to) {
        try {
            Copying.live(from, to.output());
            to.shutdownOutput();
        } catch (IOException e) {
            LOG.debug("a forwarded connection was broken off", e);
            to.close();
        } finally {
            closeQuietly(from);
        }
    }

    private static void closeQuietly(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            LOG.debug("closing failed", e);
        }
    }

    private static void tell(SpdyStream error, String message) {
        LOG.debug(message);
        try {
            error.output().write(message.getBytes(StandardCharsets.UTF_8));
            error.output().close();
        } catch (IOException e) {
            LOG.debug("a client has gone", e);
        }
    }

    private static void end(SpdyStream stream) {
        try {
            stream.output().close();
            stream.stopReading();
        } catch (IOException e) {
            LOG.debug("a client has gone", e);
        }
    }
}
