package dev.pilothouse.server.http;

import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends answers of all three kinds, on the I/O thread of their connection. */
final class AnswerSender {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerSender.class);

    private final Executor requests;
    private final OpenWork work;
    private final Compression compression;

    AnswerSender(Executor requests, OpenWork work, boolean compressLoopback) {
        this.requests = requests;
        this.work = work;
        this.compression = new Compression(compressLoopback);
    }

    void send(HttpServerExchange exchange, ApiRequest request, ApiResponse response) {
        switch (response) {
            case ApiResponse.Body body -> sendBody(exchange, request, body);
            case ApiResponse.EventStream stream -> sendEvents(exchange, stream);
            case ApiResponse.ByteStream stream ->
                    onVirtualThread(exchange, same -> sendBytes(same, stream));
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
        EventStreamWriter writer = new EventStreamWriter(exchange, stream.source(), work);
        exchange.dispatch(exchange.getIoThread(), writer::begin);
    }

    private static void sendBytes(HttpServerExchange exchange, ApiResponse.ByteStream stream) {
        head(exchange, stream, stream.contentType());
        exchange.startBlocking();
        try (OutputStream out = exchange.getOutputStream()) {
            out.flush();
            stream.writer().writeTo(out);
        } catch (IOException e) {
            LOG.debug("a client went away from {}", exchange.getRequestPath(), e);
            Disconnects.abort(exchange);
        } catch (RuntimeException e) {
            // The status is out already; a broken stream is all that is left to tell the client.
            LOG.error("streaming {} failed", exchange.getRequestPath(), e);
            Disconnects.abort(exchange);
        }
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
