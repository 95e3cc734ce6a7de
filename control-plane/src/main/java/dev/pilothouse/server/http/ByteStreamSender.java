package dev.pilothouse.server.http;

import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.ClientOutput;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.XnioIoThread;
import org.xnio.channels.StreamSinkChannel;

/**
 * Sends a body of unknown length: it is written on a virtual thread and sent on the I/O thread of
 * the connection. A client that goes away is noticed also while nothing is written.
 */
final class ByteStreamSender implements QueuedOutput.Ending {

    private static final Logger LOG = LoggerFactory.getLogger(ByteStreamSender.class);

    private static final long LOOK_SECONDS = 2;

    private final HttpServerExchange exchange;
    private final ApiResponse.ByteStream stream;
    private final OpenWork work;
    private final XnioIoThread io;
    private final StreamSinkChannel sink;
    private final QueuedOutput out;
    private final Runnable endStream;
    private volatile boolean over;

    private ByteStreamSender(
            HttpServerExchange exchange, ApiResponse.ByteStream stream, OpenWork work) {
        this.exchange = exchange;
        this.stream = stream;
        this.work = work;
        this.io = exchange.getIoThread();
        this.sink = exchange.getResponseChannel();
        this.out = new QueuedOutput(sink, io, this);
        this.endStream = out::dismiss;
    }

    /** Starts; to be called by the handler of the exchange, after the head has been set. */
    static void send(
            HttpServerExchange exchange,
            ApiResponse.ByteStream stream,
            OpenWork work,
            Executor threads) {
        if (exchange.getRequestMethod().equals(Methods.HEAD)) {
            threads.execute(() -> discard(stream));
            exchange.endExchange();
            return;
        }
        exchange.dispatch(
                exchange.getIoThread(),
                () -> new ByteStreamSender(exchange, stream, work).begin(threads));
    }

    /** Whoever writes the body must learn that nobody wants it. */
    private static void discard(ApiResponse.ByteStream stream) {
        try {
            stream.writer().writeTo(new Nobody());
        } catch (IOException e) {
            LOG.debug("the body of an answer to HEAD was not written", e);
        }
    }

    private static final class Nobody extends ClientOutput {
        @Override
        public void write(int value) throws IOException {
            throw new IOException("nobody wants the body of an answer to HEAD");
        }

        @Override
        public void onGone(Runnable task) {
            task.run();
        }
    }

    private void begin(Executor threads) {
        exchange.addExchangeCompleteListener((done, next) -> {
            gone();
            next.proceed();
        });
        sink.getCloseSetter().set(closed -> gone());
        exchange.getConnection().addCloseListener(connection -> gone());
        Disconnects.watch(exchange);
        work.opened(endStream);
        out.begin();
        if (!exchange.isHttp11()) {
            look();
        }
        threads.execute(this::write);
    }

    /** An HTTP/2 stream that the client resets tells nobody, so it is looked at now and then. */
    private void look() {
        if (over) {
            return;
        }
        if (sink.isOpen()) {
            io.executeAfter(this::look, LOOK_SECONDS, TimeUnit.SECONDS);
        } else {
            gone();
        }
    }

    private void write() {
        try {
            stream.writer().writeTo(out);
            out.close();
        } catch (IOException e) {
            LOG.debug("streaming {} was broken off", exchange.getRequestPath(), e);
            out.fail(e);
        } catch (RuntimeException | Error e) {
            // The status is out already; a broken stream is all that is left to tell the client.
            LOG.error("streaming {} failed", exchange.getRequestPath(), e);
            out.fail(new IOException(e));
        } finally {
            work.closed(endStream);
        }
    }

    private void gone() {
        if (!over) {
            over = true;
            out.fail(new IOException("the client has gone"));
        }
    }

    @Override
    public void complete() {
        over = true;
        exchange.endExchange();
    }

    @Override
    public void failed(IOException cause) {
        over = true;
        Disconnects.abort(exchange);
    }
}
