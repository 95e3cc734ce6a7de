package dev.pilothouse.server.http;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import org.xnio.IoUtils;
import org.xnio.conduits.ConduitStreamSourceChannel;

/** Notices clients that go away, and breaks off answers. */
final class Disconnects {

    private Disconnects() {}

    /** Breaks an answer off so that the client notices: the connection, or one HTTP/2 stream. */
    static void abort(HttpServerExchange exchange) {
        if (exchange.getConnection() instanceof HttpServerConnection connection) {
            IoUtils.safeClose(connection);
        } else if (exchange.isResponseChannelAvailable()) {
            IoUtils.safeClose(exchange.getResponseChannel());
        }
        exchange.endExchange();
    }

    /**
     * Reads on while an endless answer is sent, because a client that closes its connection is
     * noticed only by reading. HTTP/2 does so by itself. To be called on the I/O thread.
     */
    static void watch(HttpServerExchange exchange) {
        if (exchange.getConnection() instanceof HttpServerConnection connection) {
            ConduitStreamSourceChannel source = connection.getChannel().getSourceChannel();
            source.setReadListener(ready -> readable(connection, source));
            source.resumeReads();
        }
    }

    private static void readable(
            HttpServerConnection connection, ConduitStreamSourceChannel source) {
        PooledByteBuffer pooled = connection.getByteBufferPool().allocate();
        boolean keep = false;
        try {
            int read = source.read(pooled.getBuffer());
            if (read < 0) {
                IoUtils.safeClose(connection);
            } else if (read > 0) {
                // The next request has come early; it has its turn after this answer.
                keep = true;
                source.suspendReads();
                pooled.getBuffer().flip();
                connection.ungetRequestBytes(pooled);
            }
        } catch (IOException e) {
            IoUtils.safeClose(connection);
        } finally {
            if (!keep) {
                pooled.close();
            }
        }
    }
}
