package dev.pilothouse.server.http;

import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.UpgradeHandler;
import dev.pilothouse.server.request.UpgradedConnection;
import io.undertow.connector.ByteBufferPool;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.conduits.ConduitStreamSinkChannel;

/** Hands connections over to other protocols. */
final class Upgrades implements UpgradedConnection, QueuedOutput.Ending {

    private static final Logger LOG = LoggerFactory.getLogger(Upgrades.class);

    /** How long a client may take to close its side after ours is closed. */
    private static final long LINGER_SECONDS = 5;

    private final StreamConnection connection;
    private final XnioIoThread io;
    private final OpenWork work;
    private final QueuedInput input;
    private final QueuedOutput output;
    private final Runnable endStream = () -> fail(new IOException("the server stops"));

    private Upgrades(StreamConnection connection, ByteBufferPool buffers, OpenWork work) {
        this.connection = connection;
        this.io = connection.getIoThread();
        this.work = work;
        this.input = new QueuedInput(connection.getSourceChannel(), io, buffers);
        this.output = new QueuedOutput(connection.getSinkChannel(), io, this);
    }

    /** Answers the request and then runs the handler; to be called by the exchange's handler. */
    static void upgrade(
            HttpServerExchange exchange,
            ApiResponse.Upgrade answer,
            OpenWork work,
            Executor threads) {
        UpgradeHandler handler = answer.handler();
        if (!exchange.isHttp11()
                || !(exchange.getConnection() instanceof HttpServerConnection client)) {
            handler.abandon();
            refuse(exchange);
            return;
        }
        AtomicBoolean begun = new AtomicBoolean();
        ByteBufferPool buffers = client.getByteBufferPool();
        client.addCloseListener(closed -> {
            if (begun.compareAndSet(false, true)) {
                handler.abandon();
            }
        });
        exchange.upgradeChannel(
                answer.protocol(),
                (connection, upgraded) -> {
                    if (begun.compareAndSet(false, true)) {
                        new Upgrades(connection, buffers, work).begin(handler, threads);
                    }
                });
        exchange.endExchange();
    }

    private static void refuse(HttpServerExchange exchange) {
        exchange.setStatusCode(400);
        exchange.getResponseHeaders().clear();
        exchange.getResponseSender().send("upgrades need HTTP/1.1\n", StandardCharsets.US_ASCII);
    }

    private void begin(UpgradeHandler handler, Executor threads) {
        work.begin();
        connection.getCloseSetter().set(closed -> fail(new IOException("the client has gone")));
        input.begin();
        output.begin();
        work.opened(endStream);
        threads.execute(() -> run(handler));
    }

    private void run(UpgradeHandler handler) {
        try {
            handler.run(this);
            output.close();
        } catch (IOException e) {
            LOG.debug("an upgraded connection was broken off", e);
            fail(e);
        } catch (RuntimeException | Error e) {
            LOG.error("an upgraded connection failed", e);
            fail(new IOException(e));
        } finally {
            work.closed(endStream);
            work.end();
        }
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    private void fail(IOException cause) {
        input.fail(cause);
        output.fail(cause);
    }

    /**
     * Were the socket closed while it holds something unread, the client might never see the end of
     * what it was sent.
     */
    @Override
    public void complete() {
        try {
            connection.getSinkChannel().shutdownWrites();
            connection.getSinkChannel().setWriteListener(this::flush);
            flush(connection.getSinkChannel());
        } catch (IOException e) {
            IoUtils.safeClose(connection);
            return;
        }
        XnioIoThread.Key timeout =
                io.executeAfter(
                        () -> IoUtils.safeClose(connection), LINGER_SECONDS, TimeUnit.SECONDS);
        // Closing the connection also ends whoever still reads from it.
        input.discard(() -> {
            timeout.remove();
            IoUtils.safeClose(connection);
        });
    }

    private void flush(ConduitStreamSinkChannel sink) {
        try {
            if (sink.flush()) {
                sink.suspendWrites();
            } else {
                sink.resumeWrites();
            }
        } catch (IOException e) {
            LOG.debug("a client did not wait for the end", e);
            IoUtils.safeClose(connection);
        }
    }

    @Override
    public void failed(IOException cause) {
        IoUtils.safeClose(connection);
    }
}
