package dev.pilothouse.server.http;

import dev.pilothouse.server.request.ApiResponse;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.channels.StreamSinkChannel;

/**
 * Sends a whole body without blocking: gathers its segments into large pieces, so that TLS records
 * are full, and gives the I/O thread back now and then while a long one is under way.
 */
final class BodyWriter {

    private static final Logger LOG = LoggerFactory.getLogger(BodyWriter.class);

    private static final int PIECE_BYTES = 128 * 1024;
    private static final long TURN_BYTES = 1024 * 1024;

    private final HttpServerExchange exchange;
    private final StreamSinkChannel channel;
    private final SegmentCursor segments;
    private final ByteBuffer piece;

    private BodyWriter(HttpServerExchange exchange, ApiResponse.Body body, long length) {
        this.exchange = exchange;
        this.channel = exchange.getResponseChannel();
        this.segments = new SegmentCursor(body.segments());
        if (body.segments().size() == 1 && length <= PIECE_BYTES) {
            this.piece = ByteBuffer.wrap(body.segments().getFirst()).asReadOnlyBuffer();
            this.segments.fill(ByteBuffer.allocate((int) length));
        } else {
            this.piece = ByteBuffer.allocate((int) Math.min(length, PIECE_BYTES)).limit(0);
        }
    }

    /** Sends the body and ends the exchange; to be called from its handler. */
    static void send(HttpServerExchange exchange, ApiResponse.Body body) {
        long length = body.length();
        if (Connectors.isEntityBodyAllowed(exchange)) {
            exchange.setResponseContentLength(length);
        }
        if (length == 0
                || exchange.getRequestMethod().equals(Methods.HEAD)
                || !Connectors.isEntityBodyAllowed(exchange)) {
            exchange.endExchange();
            return;
        }
        new BodyWriter(exchange, body, length).writeTurn();
    }

    private void writeTurn() {
        try {
            long written = 0;
            while (next()) {
                int count = segments.exhausted() ? channel.writeFinal(piece) : channel.write(piece);
                written += count;
                if (piece.hasRemaining() && (count == 0 || written >= TURN_BYTES)) {
                    channel.getWriteSetter().set(ready -> writeTurn());
                    channel.resumeWrites();
                    return;
                }
            }
            exchange.endExchange();
        } catch (IOException e) {
            LOG.debug("a client went away from {}", exchange.getRequestPath(), e);
            Disconnects.abort(exchange);
        }
    }

    /** Whether there is something to write, after refilling the piece. */
    private boolean next() {
        if (piece.hasRemaining()) {
            return true;
        }
        if (segments.exhausted()) {
            return false;
        }
        piece.clear();
        segments.fill(piece);
        piece.flip();
        return true;
    }
}
