package dev.pilothouse.server.streaming.command;

import dev.pilothouse.server.node.ContainerStreams;
import dev.pilothouse.server.request.UpgradedConnection;
import dev.pilothouse.server.streaming.spdy.SpdySession;
import dev.pilothouse.server.streaming.spdy.SpdyStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channels of a session as streams that the client opens, one of each kind. */
final class SpdyChannels implements CommandChannels {

    private static final Logger LOG = LoggerFactory.getLogger(SpdyChannels.class);

    /** How long a client may take to open its streams, as in Kubernetes. */
    private static final long OPEN_SECONDS = 30;

    private static final String STDIN = "stdin";
    private static final String STDOUT = "stdout";
    private static final String STDERR = "stderr";
    private static final String ERROR = "error";
    private static final String RESIZE = "resize";

    private final SpdySession session;
    private final Set<String> expected = new HashSet<>();
    private final boolean statuses;
    private final ResizeFeed sizes = new ResizeFeed();
    private final CompletableFuture<Map<String, SpdyStream>> complete = new CompletableFuture<>();

    // Guarded by this.
    private final Map<String, SpdyStream> streams = new HashMap<>();

    SpdyChannels(
            UpgradedConnection connection,
            CommandOptions options,
            boolean statuses,
            boolean resizes) {
        this.session = new SpdySession(connection.input(), connection.output(), this::opened);
        this.statuses = statuses;
        expected.add(ERROR);
        expect(options.stdin(), STDIN);
        expect(options.stdout(), STDOUT);
        expect(options.stderr(), STDERR);
        expect(resizes, RESIZE);
    }

    private void expect(boolean wanted, String kind) {
        if (wanted) {
            expected.add(kind);
        }
    }

    private boolean opened(SpdyStream stream) {
        String kind = stream.header("streamtype");
        synchronized (this) {
            if (!expected.contains(kind) || streams.putIfAbsent(kind, stream) != null) {
                return false;
            }
            if (streams.size() == expected.size()) {
                complete.complete(Map.copyOf(streams));
            }
        }
        if (kind.equals(RESIZE)) {
            Thread.ofVirtual().name("stream-resize").start(() -> resizes(stream.input()));
        }
        return true;
    }

    private void resizes(InputStream in) {
        byte[] buffer = new byte[512];
        try {
            int count = in.read(buffer);
            while (count >= 0) {
                sizes.received(buffer, 0, count);
                count = in.read(buffer);
            }
        } catch (IOException e) {
            LOG.debug("a client has gone", e);
        }
    }

    @Override
    public ContainerStreams streams() throws IOException {
        Map<String, SpdyStream> open = await();
        SpdyStream stdin = open.get(STDIN);
        SpdyStream stdout = open.get(STDOUT);
        SpdyStream stderr = open.get(STDERR);
        return new ContainerStreams(
                stdin == null ? null : stdin.input(),
                stdout == null ? null : stdout.output(),
                stderr == null ? null : stderr.output(),
                sizes);
    }

    private Map<String, SpdyStream> await() throws IOException {
        try {
            return complete.get(OPEN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("timed out waiting for client to create streams", e);
        } catch (ExecutionException e) {
            throw new IOException("the client has gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    @Override
    public void read() throws IOException {
        try (session) {
            session.read();
        }
    }

    @Override
    public void finish(CommandOutcome outcome) throws IOException {
        closeOutput(STDOUT);
        closeOutput(STDERR);
        SpdyStream error = stream(ERROR);
        if (error != null) {
            byte[] message = statuses ? outcome.asStatus() : outcome.asText();
            error.output().write(message);
            error.output().close();
        }
        closeOutput(STDIN);
        closeOutput(RESIZE);
        session.sendGoAway();
    }

    private void closeOutput(String kind) throws IOException {
        SpdyStream stream = stream(kind);
        if (stream != null) {
            stream.output().close();
        }
    }

    private synchronized @Nullable SpdyStream stream(String kind) {
        return streams.get(kind);
    }

    @Override
    public void ping() throws IOException {
        session.ping();
    }

    @Override
    public void stopReading() {
        for (String kind : new String[] {STDIN, RESIZE, ERROR, STDOUT, STDERR}) {
            SpdyStream stream = stream(kind);
            if (stream != null) {
                stream.stopReading();
            }
        }
    }
}
