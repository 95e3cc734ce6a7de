package dev.pilothouse.server.http;

import dev.pilothouse.server.request.EventSource;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.CloseMessage;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.core.protocol.version13.Hybi13Handshake;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends watch events as WebSocket text messages, one per event, on the I/O thread of the
 * connection. A batch goes out whole before the next is asked for.
 */
final class WebSocketEvents implements WebSocketCallback<Void> {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocketEvents.class);

    private static final int FRAMES_PER_POLL = 64;

    private final EventSource source;
    private final OpenWork work;
    private final WebSocketChannel channel;
    private final AtomicBoolean awake = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Runnable endStream = this::end;
    private boolean sending;
    private volatile boolean ending;

    private WebSocketEvents(EventSource source, OpenWork work, WebSocketChannel channel) {
        this.source = source;
        this.work = work;
        this.channel = channel;
    }

    /** Whether the client asks for a WebSocket by RFC 6455. */
    static boolean wanted(HttpServerExchange exchange) {
        String upgrade = exchange.getRequestHeaders().getFirst(Headers.UPGRADE);
        return upgrade != null
                && upgrade.equalsIgnoreCase("websocket")
                && exchange.isHttp11()
                && exchange.getRequestMethod().equals(Methods.GET)
                && exchange.getRequestHeaders().contains(Headers.SEC_WEB_SOCKET_KEY)
                && "13"
                        .equals(
                                exchange.getRequestHeaders()
                                        .getFirst(Headers.SEC_WEB_SOCKET_VERSION));
    }

    /** Answers the handshake and then sends the events. */
    static void upgrade(HttpServerExchange exchange, EventSource source, OpenWork work) {
        AtomicBoolean connected = new AtomicBoolean();
        WebSocketConnectionCallback callback =
                (handshake, channel) -> {
                    connected.set(true);
                    new WebSocketEvents(source, work, channel).begin();
                };
        exchange.getConnection()
                .addCloseListener(connection -> {
                    if (!connected.get()) {
                        source.close();
                    }
                });
        try {
            new WebSocketProtocolHandshakeHandler(List.of(handshake(exchange)), callback)
                    .handleRequest(exchange);
        } catch (Exception e) {
            LOG.warn("WebSocket handshake failed", e);
            source.close();
            Disconnects.abort(exchange);
        }
    }

    /** Takes the first subprotocol offered: for watches all of them mean the same. */
    private static Hybi13Handshake handshake(HttpServerExchange exchange) {
        String offered = exchange.getRequestHeaders().getFirst(Headers.SEC_WEB_SOCKET_PROTOCOL);
        return offered == null || offered.isBlank()
                ? new Hybi13Handshake()
                : new Hybi13Handshake(Set.of(offered.split(",", 2)[0].strip()), false);
    }

    private void begin() {
        channel.addCloseTask(gone -> closeSource());
        channel.getReceiveSetter()
                .set(
                        new AbstractReceiveListener() {
                            @Override
                            protected void onError(WebSocketChannel broken, Throwable error) {
                                closeSource();
                                super.onError(broken, error);
                            }
                        });
        channel.resumeReceives();
        work.opened(endStream);
        wake();
    }

    private void end() {
        ending = true;
        wake();
    }

    private void wake() {
        if (awake.compareAndSet(false, true)) {
            channel.getIoThread()
                    .execute(() -> {
                        awake.set(false);
                        pump();
                    });
        }
    }

    private void pump() {
        if (sending || closed.get()) {
            return;
        }
        try {
            List<EventSource.Frame> frames = ending ? List.of() : source.poll(FRAMES_PER_POLL);
            if (frames.isEmpty() && (ending || source.ended())) {
                closeSource();
                WebSockets.sendClose(
                        new CloseMessage(CloseMessage.NORMAL_CLOSURE, ""), channel, null);
            } else if (frames.isEmpty()) {
                source.onAvailable(this::wake);
            } else {
                send(frames);
            }
        } catch (RuntimeException e) {
            LOG.error("watch by WebSocket failed", e);
            drop();
        }
    }

    private void send(List<EventSource.Frame> frames) {
        sending = true;
        for (int i = 0; i < frames.size(); i++) {
            EventSource.Frame frame = frames.get(i);
            ByteBuffer text = ByteBuffer.allocate(frame.length());
            text.put(frame.head()).put(frame.object()).put(frame.tail()).flip();
            boolean last = i == frames.size() - 1;
            WebSockets.sendText(text, channel, last ? this : null);
        }
    }

    @Override
    public void complete(WebSocketChannel sent, Void context) {
        sending = false;
        wake();
    }

    @Override
    public void onError(WebSocketChannel broken, Void context, Throwable error) {
        LOG.debug("a client left its watch", error);
        drop();
    }

    private void drop() {
        closeSource();
        org.xnio.IoUtils.safeClose(channel);
    }

    private void closeSource() {
        if (closed.compareAndSet(false, true)) {
            work.closed(endStream);
            source.onAvailable(null);
            source.close();
        }
    }
}
