package dev.pilothouse.server.http;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.pipeline.BodyEncoder;
import dev.pilothouse.server.pipeline.ErrorWriter;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.Parameters;
import dev.pilothouse.server.request.RequestIds;
import dev.pilothouse.server.request.UserInfo;
import io.undertow.server.ExchangeCompletionListener.NextListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Where requests come in, on the I/O thread of their connection: reads the body, builds the
 * ApiRequest, picks the thread that handles it and sends the answer.
 */
final class RequestEntry implements HttpHandler {

    private static final byte[] NO_BODY = {};

    private final HttpServerOptions options;
    private final ApiHandler chain;
    private final Executor requests;
    private final OpenWork work;
    private final ErrorWriter errors = new ErrorWriter(BodyEncoder.json());
    private final AnswerSender sender;

    RequestEntry(HttpServerOptions options, ApiHandler chain, Executor requests, OpenWork work) {
        this.options = options;
        this.chain = chain;
        this.requests = requests;
        this.work = work;
        this.sender = new AnswerSender(requests, work, options.compressLoopback());
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        work.begin();
        exchange.addExchangeCompleteListener(this::completed);
        if (work.finishing()) {
            exchange.setPersistent(false);
        }
        if (exchange.isRequestComplete()) {
            handle(exchange, NO_BODY);
            return;
        }
        BodyReader.read(exchange, options.maxBodyBytes(), this::handle);
    }

    private void completed(HttpServerExchange exchange, NextListener next) {
        work.end();
        next.proceed();
    }

    private void handle(HttpServerExchange exchange, byte @Nullable [] body) {
        String path = Targets.path(exchange.getRequestURI());
        ApiRequest request =
                request(exchange, path == null ? "" : path, body == null ? NO_BODY : body);
        if (path == null) {
            refuse(
                    exchange,
                    request,
                    ApiException.badRequest("the request path has an invalid escape sequence"));
        } else if (body == null) {
            refuse(
                    exchange,
                    request,
                    ApiException.tooLarge(
                            "Request entity too large: limit is " + options.maxBodyBytes()));
        } else if (body.length == 0 && !mayBlock(request)) {
            sender.send(exchange, request, errors.answer(chain, request));
        } else {
            exchange.dispatch(requests, (HttpHandler) same -> answer(same, request));
        }
    }

    /**
     * Makes the answer here and sends it from the connection's own thread: were it sent from here,
     * the two would meet over the connection's state, and the I/O thread would spin until this one
     * is done.
     */
    private void answer(HttpServerExchange exchange, ApiRequest request) {
        ApiResponse answer = errors.answer(chain, request);
        exchange.dispatch(
                exchange.getIoThread(), (HttpHandler) same -> sender.send(same, request, answer));
    }

    private boolean mayBlock(ApiRequest request) {
        try {
            return chain.mayBlock(request);
        } catch (RuntimeException e) {
            // What is wrong with the request will show when it is handled.
            return true;
        }
    }

    private void refuse(HttpServerExchange exchange, ApiRequest request, ApiException why) {
        ApiResponse answer =
                errors.write(request, why)
                        .withHeader("Audit-Id", request.id())
                        .withHeader("Cache-Control", "no-cache, private");
        sender.send(exchange, request, answer);
    }

    private ApiRequest request(HttpServerExchange exchange, String path, byte[] body) {
        return new ApiRequest(
                RequestIds.next(),
                exchange.getRequestMethod().toString().toUpperCase(Locale.ROOT),
                path,
                Targets.query(exchange.getQueryString()),
                headers(exchange),
                body,
                exchange.getSourceAddress().getHostString(),
                ClientCertificates.of(exchange),
                options.clock().instant(),
                ApiRequest.UNKNOWN_INFO,
                UserInfo.UNKNOWN);
    }

    private static Parameters headers(HttpServerExchange exchange) {
        Map<String, List<String>> headers = new HashMap<>();
        for (HeaderValues values : exchange.getRequestHeaders()) {
            String name = values.getHeaderName().toString().toLowerCase(Locale.ROOT);
            headers.put(
                    name, values.size() == 1 ? List.of(values.getFirst()) : List.copyOf(values));
        }
        return Parameters.headers(headers);
    }
}
