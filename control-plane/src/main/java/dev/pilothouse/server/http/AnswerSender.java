package dev.pilothouse.server.http;

import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.xnio.XnioIoThread;

/** Sends answers of all kinds, on the I/O thread of their connection. */
final class AnswerSender {

    private final Executor requests;
    private final OpenWork work;
    private final Compression compression;
    private final ConcurrentHashMap<XnioIoThread, EventTurns> turns = new ConcurrentHashMap<>();

    AnswerSender(Executor requests, OpenWork work, boolean compressLoopback) {
        this.requests = requests;
        this.work = work;
        this.compression = new Compression(compressLoopback);
    }

    void send(HttpServerExchange exchange, ApiRequest request, ApiResponse response) {
        switch (response) {
            case ApiResponse.Body body -> sendBody(exchange, request, body);
            case ApiResponse.EventStream stream -> sendEvents(exchange, stream);
            case ApiResponse.ByteStream stream -> {
                head(exchange, stream, stream.contentType());
                ByteStreamSender.send(exchange, stream, work, requests);
            }
            case ApiResponse.Upgrade upgrade -> {
                head(exchange, upgrade, "");
                Upgrades.upgrade(exchange, upgrade, work, requests);
            }
        }
    }

    private void sendBody(HttpServerExchange exchange, ApiRequest request, ApiResponse.Body body) {
        if (compression.wanted(exchange, request, body)) {
            onVirtualThread(exchange, same -> sendPlain(same, compression.compress(body)));
        } else {
            sendPlain(exchange, body);
        }
    }

    private static void sendPlain(HttpServerExchange exchange, ApiResponse.Body body) {
        head(exchange, body, body.contentType());
        BodyWriter.send(exchange, body);
    }

    private void sendEvents(HttpServerExchange exchange, ApiResponse.EventStream stream) {
        if (WebSocketEvents.wanted(exchange)) {
            WebSocketEvents.upgrade(exchange, stream.source(), work);
            return;
        }
        head(exchange, stream, stream.contentType());
        EventTurns shared = turns.computeIfAbsent(exchange.getIoThread(), EventTurns::new);
        EventStreamWriter writer = new EventStreamWriter(exchange, stream.source(), work, shared);
        exchange.dispatch(exchange.getIoThread(), writer::begin);
    }

    private void onVirtualThread(HttpServerExchange exchange, HttpHandler task) {
        exchange.dispatch(requests, task);
    }

    private static void head(
            HttpServerExchange exchange, ApiResponse response, String contentType) {
        exchange.setStatusCode(response.status());
        if (!contentType.isEmpty()) {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, contentType);
        }
        for (Map.Entry<String, String> header : response.headers()) {
            exchange.getResponseHeaders()
                    .add(HttpString.tryFromString(header.getKey()), header.getValue());
        }
    }
}
