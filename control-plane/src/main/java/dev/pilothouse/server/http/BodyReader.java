package dev.pilothouse.server.http;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSourceChannel;

/**
 * Reads the whole body of one request on its I/O thread without blocking. What is beyond the limit
 * is read and thrown away up to a bound, so that the client gets to see the answer rather than a
 * broken connection.
 */
final class BodyReader {

    private static final Logger LOG = LoggerFactory.getLogger(BodyReader.class);
    private static final long DISCARD_FACTOR = 16;

    /** Hears of the body; runs as the handler of the exchange. */
    interface Receiver {
        /** The body, or null when it is longer than allowed. */
        void received(HttpServerExchange exchange, byte @Nullable [] body);
    }

    private final HttpServerExchange exchange;
    private final int limit;
    private final Receiver receiver;
    private final ByteArrayOutputStream body;
    private long total;

    private BodyReader(HttpServerExchange exchange, int limit, Receiver receiver) {
        this.exchange = exchange;
        this.limit = limit;
        this.receiver = receiver;
        long declared = exchange.getRequestContentLength();
        this.body =
                new ByteArrayOutputStream(
                        declared > 0 && declared <= limit ? (int) declared : 1024);
    }

    /** Starts to read; to be called from the handler on the I/O thread. */
    static void read(HttpServerExchange exchange, int limit, Receiver receiver) {
        if (exchange.getRequestContentLength() > limit * DISCARD_FACTOR) {
            exchange.setPersistent(false);
            receiver.received(exchange, null);
            return;
        }
        BodyReader reader = new BodyReader(exchange, limit, receiver);
        StreamSourceChannel channel = exchange.getRequestChannel();
        if (reader.drain(channel)) {
            receiver.received(exchange, reader.whole());
        } else if (channel.isOpen()) {
            channel.getReadSetter().set(reader::readable);
            channel.resumeReads();
        }
    }

    private void readable(StreamSourceChannel channel) {
        if (drain(channel)) {
            channel.getReadSetter().set(null);
            channel.suspendReads();
            Connectors.executeRootHandler(done -> receiver.received(done, whole()), exchange);
        }
    }

    /** Whether the body is complete or too long to go on. */
    private boolean drain(StreamSourceChannel channel) {
        try (PooledByteBuffer pooled = exchange.getConnection().getByteBufferPool().allocate()) {
            ByteBuffer buffer = pooled.getBuffer();
            while (true) {
                buffer.clear();
                int read = channel.read(buffer);
                if (read < 0) {
                    return true;
                }
                if (read == 0) {
                    return false;
                }
                buffer.flip();
                take(buffer);
                if (total > limit * DISCARD_FACTOR) {
                    exchange.setPersistent(false);
                    return true;
                }
            }
        } catch (IOException e) {
            LOG.debug("a client went away while it sent a body", e);
            IoUtils.safeClose(channel);
            exchange.endExchange();
            return false;
        }
    }

    private void take(ByteBuffer buffer) {
        total += buffer.remaining();
        if (total <= limit) {
            byte[] piece = new byte[buffer.remaining()];
            buffer.get(piece);
            body.writeBytes(piece);
        }
    }

    private byte @Nullable [] whole() {
        return total > limit ? null : body.toByteArray();
    }
}
