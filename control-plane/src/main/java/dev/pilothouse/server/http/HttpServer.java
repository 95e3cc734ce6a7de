package dev.pilothouse.server.http;

import dev.pilothouse.server.pipeline.ApiHandler;
import io.undertow.server.OpenListener;
import io.undertow.server.handlers.HttpContinueReadHandler;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * Serves the API: HTTP/1.1 and HTTP/2 over TLS, with client certificates when clients offer them,
 * and optionally HTTP/1.1 without TLS. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final HttpServerOptions options;
    private final XnioWorker worker;
    private final ExecutorService requests;
    private final OpenWork work = new OpenWork();
    private final List<AcceptingChannel<?>> acceptors = new ArrayList<>();
    private final List<OpenListener> listeners = new ArrayList<>();

    private HttpServer(HttpServerOptions options, XnioWorker worker) {
        this.options = options;
        this.worker = worker;
        this.requests =
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("http-request-", 0).factory());
    }

    /**
     * Starts to listen.
     *
     * @throws BindException when a port is taken, naming address and port
     * @throws IOException when a socket cannot be opened for another reason
     */
    public static HttpServer start(HttpServerOptions options, ApiHandler chain) throws IOException {
        Xnio xnio = QuietXnio.get();
        XnioWorker worker = xnio.createWorker(Listeners.workerOptions(options));
        HttpServer server = new HttpServer(options, worker);
        try {
            server.listen(xnio, chain);
            return server;
        } catch (IOException | RuntimeException e) {
            server.stop();
            throw e;
        }
    }

    private void listen(Xnio xnio, ApiHandler chain) throws IOException {
        Listeners factory =
                new Listeners(
                        xnio,
                        worker,
                        new HttpContinueReadHandler(
                                new RequestEntry(options, chain, requests, work)));
        OpenListener secure = factory.secure();
        listeners.add(secure);
        acceptors.add(
                bind(options.port(), address -> factory.acceptTls(address, options.tls(), secure)));
        if (options.plainPort().isPresent()) {
            OpenListener plain = factory.plain();
            listeners.add(plain);
            acceptors.add(
                    bind(
                            options.plainPort().getAsInt(),
                            address -> factory.accept(address, plain)));
        }
        acceptors.forEach(AcceptingChannel::resumeAccepts);
    }

    private AcceptingChannel<?> bind(int port, Binder binder) throws IOException {
        InetSocketAddress address = new InetSocketAddress(options.address(), port);
        try {
            return binder.bind(address);
        } catch (BindException e) {
            BindException clearer =
                    new BindException(
                            "cannot listen on "
                                    + options.address().getHostAddress()
                                    + ":"
                                    + port
                                    + ": "
                                    + e.getMessage());
            clearer.initCause(e);
            throw clearer;
        }
    }

    private interface Binder {
        AcceptingChannel<?> bind(InetSocketAddress address) throws IOException;
    }

    /** Address and port of the TLS listener. */
    public InetSocketAddress address() {
        return acceptors.getFirst().getLocalAddress(InetSocketAddress.class);
    }

    /** Port of the TLS listener. */
    public int port() {
        return address().getPort();
    }

    /** Port of the listener without TLS, if there is one. */
    public OptionalInt plainPort() {
        return acceptors.size() < 2
                ? OptionalInt.empty()
                : OptionalInt.of(
                        acceptors.get(1).getLocalAddress(InetSocketAddress.class).getPort());
    }

    /**
     * Stops: takes no new connections, ends the watches, lets running requests finish for as long
     * as the options say and then cuts them off. Returns when all of that is done.
     */
    @Override
    public void close() {
        for (Closeable acceptor : acceptors) {
            IoUtils.safeClose(acceptor);
        }
        if (!work.finish(options.grace())) {
            LOG.warn("{} requests were cut off at the end", work.running());
        }
        stop();
    }

    private void stop() {
        acceptors.forEach(IoUtils::safeClose);
        listeners.forEach(OpenListener::closeConnections);
        requests.shutdown();
        worker.shutdown();
        try {
            if (!worker.awaitTermination(1, TimeUnit.SECONDS)) {
                worker.shutdownNow();
                worker.awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
