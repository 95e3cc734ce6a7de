package dev.pilothouse.server.http;

import io.undertow.UndertowOptions;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.OpenListener;
import io.undertow.server.protocol.http.AlpnOpenListener;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.server.protocol.http2.Http2OpenListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;
import org.xnio.ChannelListeners;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.SslClientAuthMode;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/** Puts Undertow's listeners together. */
final class Listeners {

    /** One TLS record of plain text fits into a buffer. */
    private static final int BUFFER_BYTES = 16 * 1024;

    /** One TLS record on the wire. */
    private static final int RECORD_BYTES = 17 * 1024;

    private static final int MAX_HEADER_BYTES = 256 * 1024;

    private final Xnio xnio;
    private final XnioWorker worker;
    private final HttpHandler handler;

    /** Free buffers that are kept, of each of the two sizes; without a number it keeps none. */
    private static final int KEPT_BUFFERS = 512;

    // No buffers are kept per thread: virtual threads come and go and would take them along.
    private final DefaultByteBufferPool buffers =
            new DefaultByteBufferPool(true, BUFFER_BYTES, KEPT_BUFFERS, 0, 0);
    private final DefaultByteBufferPool records =
            new DefaultByteBufferPool(true, RECORD_BYTES, KEPT_BUFFERS, 0, 0);

    Listeners(Xnio xnio, XnioWorker worker, HttpHandler handler) {
        this.xnio = xnio;
        this.worker = worker;
        this.handler = handler;
    }

    static OptionMap workerOptions(HttpServerOptions options) {
        return OptionMap.builder()
                .set(Options.WORKER_NAME, "http")
                .set(Options.WORKER_IO_THREADS, options.ioThreads())
                .set(Options.WORKER_TASK_CORE_THREADS, 1)
                .set(Options.WORKER_TASK_MAX_THREADS, 2)
                .set(Options.THREAD_DAEMON, true)
                .getMap();
    }

    /** HTTP/1.1 and HTTP/2, as the TLS handshake decides. */
    OpenListener secure() {
        HttpOpenListener http1 = plain();
        Http2OpenListener http2 = new Http2OpenListener(buffers, protocolOptions());
        http2.setRootHandler(handler);
        AlpnOpenListener alpn = new AlpnOpenListener(buffers, protocolOptions(), http1);
        alpn.addProtocol(Http2OpenListener.HTTP2, http2, 10);
        return alpn;
    }

    /** HTTP/1.1 only; offers to upgrade to HTTP/2 are passed over. */
    HttpOpenListener plain() {
        HttpOpenListener http1 = new HttpOpenListener(buffers, protocolOptions());
        http1.setRootHandler(handler);
        return http1;
    }

    AcceptingChannel<StreamConnection> accept(InetSocketAddress address, OpenListener listener)
            throws IOException {
        return worker.createStreamConnectionServer(
                address, ChannelListeners.openListenerAdapter(listener), socketOptions());
    }

    AcceptingChannel<StreamConnection> acceptTls(
            InetSocketAddress address, SSLContext tls, OpenListener listener) throws IOException {
        UndertowXnioSsl ssl =
                new UndertowXnioSsl(
                        xnio, OptionMap.create(Options.USE_DIRECT_BUFFERS, true), records, tls);
        TlsSniffer sniffer = new TlsSniffer(ssl, tlsOptions(), buffers, listener);
        return worker.createStreamConnectionServer(
                address, ChannelListeners.openListenerAdapter(sniffer), socketOptions());
    }

    private static OptionMap socketOptions() {
        return OptionMap.builder()
                .set(Options.TCP_NODELAY, true)
                .set(Options.REUSE_ADDRESSES, true)
                .set(Options.KEEP_ALIVE, true)
                .set(Options.BACKLOG, 1024)
                .getMap();
    }

    private static OptionMap tlsOptions() {
        return OptionMap.builder()
                .set(Options.SSL_CLIENT_AUTH_MODE, SslClientAuthMode.REQUESTED)
                .getMap();
    }

    private static OptionMap protocolOptions() {
        return OptionMap.builder()
                .set(UndertowOptions.ENABLE_HTTP2, true)
                .set(UndertowOptions.BUFFER_PIPELINED_DATA, false)
                // Paths and queries are decoded by our own strict rules.
                .set(UndertowOptions.DECODE_URL, false)
                .set(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
                .set(UndertowOptions.MAX_PARAMETERS, 10_000)
                .set(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
                .set(UndertowOptions.HTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, MAX_HEADER_BYTES)
                .set(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                .set(UndertowOptions.NO_REQUEST_TIMEOUT, 180_000)
                .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, 32_000)
                .set(UndertowOptions.HTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 2000)
                .set(UndertowOptions.MAX_RST_FRAMES_PER_WINDOW, 5000)
                .set(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                .set(UndertowOptions.RECORD_REQUEST_START_TIME, false)
                .getMap();
    }
}
