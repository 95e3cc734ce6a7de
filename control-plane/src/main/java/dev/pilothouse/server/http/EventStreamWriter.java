package dev.pilothouse.server.http;

import dev.pilothouse.server.request.EventSource;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.XnioIoThread;
import org.xnio.channels.StreamSinkChannel;

/**
 * Sends watch events as they come, on the I/O thread of the connection only. It asks for more
 * events only when everything before has gone out, so a slow client makes the source fill up, which
 * is for the source to deal with. A stream without events holds no buffer and no thread.
 */
final class EventStreamWriter {

    private static final Logger LOG = LoggerFactory.getLogger(EventStreamWriter.class);

    private static final int FRAMES_PER_POLL = 256;
    private static final int POLLS_PER_TURN = 16;
    private static final long LOOK_SECONDS = 2;

    private final HttpServerExchange exchange;
    private final EventSource source;
    private final OpenWork work;
    private final XnioIoThread io;
    private final EventTurns turns;
    private final AtomicBoolean awake = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Runnable endStream = this::end;
    private final Runnable wakeUp = this::wake;
    private final Runnable awakened = this::awakened;

    private @Nullable StreamSinkChannel channel;
    private @Nullable FrameCursor events;
    private @Nullable PooledByteBuffer pooled;
    private boolean unflushed = true;
    private volatile boolean ending;

    EventStreamWriter(
            HttpServerExchange exchange, EventSource source, OpenWork work, EventTurns turns) {
        this.exchange = exchange;
        this.source = source;
        this.work = work;
        this.turns = turns;
        this.io = exchange.getIoThread();
    }

    /** Sends the headers and starts; to be called on the I/O thread. */
    void begin() {
        exchange.addExchangeCompleteListener((done, next) -> {
            closeSource();
            next.proceed();
        });
        StreamSinkChannel sink = exchange.getResponseChannel();
        channel = sink;
        sink.getWriteSetter().set(ready -> pump(sink));
        sink.getCloseSetter().set(gone -> closeSource());
        // Else the exchange would count as running for ever.
        exchange.getConnection().addCloseListener(connection -> fail());
        Disconnects.watch(exchange);
        work.opened(endStream);
        pump(sink);
        if (!exchange.isHttp11()) {
            look(sink);
        }
    }

    /** An HTTP/2 stream that the client resets tells nobody, so it is looked at now and then. */
    private void look(StreamSinkChannel sink) {
        if (closed.get()) {
            return;
        }
        if (sink.isOpen()) {
            io.executeAfter(() -> look(sink), LOOK_SECONDS, TimeUnit.SECONDS);
        } else {
            fail();
        }
    }

    /** Ends the stream in order; may be called from any thread. */
    private void end() {
        ending = true;
        wake();
    }

    private void wake() {
        if (awake.compareAndSet(false, true)) {
            turns.add(awakened);
        }
    }

    private void awakened() {
        awake.set(false);
        StreamSinkChannel sink = channel;
        if (sink != null && !closed.get()) {
            pump(sink);
        }
    }

    private void pump(StreamSinkChannel sink) {
        try {
            for (int turn = 0; turn < POLLS_PER_TURN; turn++) {
                if (closed.get()) {
                    release();
                    return;
                }
                if (!drained(sink)) {
                    sink.resumeWrites();
                    return;
                }
                sink.suspendWrites();
                if (ending || (!poll() && source.ended())) {
                    finish();
                    return;
                }
                if (events == null) {
                    source.onAvailable(wakeUp);
                    return;
                }
            }
            wake();
        } catch (IOException e) {
            LOG.debug("a client left its watch of {}", exchange.getRequestPath(), e);
            fail();
        } catch (RuntimeException e) {
            LOG.error("watch of {} failed", exchange.getRequestPath(), e);
            fail();
        }
    }

    /** Takes events from the source; false when it has none now. */
    private boolean poll() {
        List<EventSource.Frame> frames = source.poll(FRAMES_PER_POLL);
        if (frames.isEmpty()) {
            return false;
        }
        events = new FrameCursor(frames);
        unflushed = true;
        return true;
    }

    /** Whether everything is with the socket. */
    private boolean drained(StreamSinkChannel sink) throws IOException {
        while (filled()) {
            ByteBuffer buffer = buffer();
            while (buffer.hasRemaining()) {
                if (sink.write(buffer) == 0) {
                    return false;
                }
            }
        }
        release();
        if (unflushed) {
            if (!sink.flush()) {
                return false;
            }
            unflushed = false;
        }
        return true;
    }

    /** Whether the buffer holds something to send, after refilling it. */
    private boolean filled() {
        if (pooled != null && pooled.getBuffer().hasRemaining()) {
            return true;
        }
        FrameCursor current = events;
        if (current == null || current.exhausted()) {
            events = null;
            return false;
        }
        ByteBuffer buffer = buffer();
        buffer.clear();
        current.fill(buffer);
        buffer.flip();
        return true;
    }

    private ByteBuffer buffer() {
        PooledByteBuffer current = pooled;
        if (current == null) {
            current = exchange.getConnection().getByteBufferPool().allocate();
            pooled = current;
        }
        return current.getBuffer();
    }

    private void release() {
        PooledByteBuffer current = pooled;
        pooled = null;
        if (current != null) {
            current.close();
        }
    }

    private void finish() {
        release();
        closeSource();
        exchange.endExchange();
    }

    private void fail() {
        release();
        closeSource();
        Disconnects.abort(exchange);
    }

    /** Runs on the I/O thread, like everything that ends a connection. */
    private void closeSource() {
        if (closed.compareAndSet(false, true)) {
            work.closed(endStream);
            source.onAvailable(null);
            source.close();
        }
    }
}
