package dev.pilothouse.server.controller.client;

import dev.pilothouse.model.client.Transport;
import dev.pilothouse.server.pipeline.InProcessTransport;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.Parameters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A client's way to the API server of its own process. Thread-safe. */
public final class ChainTransport implements Transport {

    private final InProcessTransport chain;
    private final String userAgent;

    /**
     * A way through a request chain.
     *
     * @param chain calls the chain under its own user
     * @param userAgent names the client, and with it the manager of the fields it writes
     */
    public ChainTransport(InProcessTransport chain, String userAgent) {
        this.chain = chain;
        this.userAgent = userAgent;
    }

    @Override
    public Response send(Request request) throws IOException {
        ApiResponse response = call(request);
        return switch (response) {
            case ApiResponse.Body body ->
                    new Response(body.status(), first(body.headers()), whole(body));
            case ApiResponse.EventStream stream -> {
                stream.source().close();
                throw new IOException("an event stream where a body was expected");
            }
            case ApiResponse.ByteStream stream -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                stream.writer().writeTo(out);
                yield new Response(stream.status(), first(stream.headers()), out.toByteArray());
            }
            case ApiResponse.Upgrade upgrade -> throw refused(upgrade);
        };
    }

    @Override
    public LineStream open(Request request) throws IOException {
        ApiResponse response = call(request);
        return switch (response) {
            case ApiResponse.EventStream stream ->
                    new EventLines(stream.status(), first(stream.headers()), stream.source());
            case ApiResponse.Body body ->
                    EventLines.of(body.status(), first(body.headers()), whole(body));
            case ApiResponse.ByteStream _ ->
                    throw new IOException("a byte stream where events were expected");
            case ApiResponse.Upgrade upgrade -> throw refused(upgrade);
        };
    }

    private static IOException refused(ApiResponse.Upgrade upgrade) {
        upgrade.handler().abandon();
        return new IOException("an upgrade to " + upgrade.protocol() + " needs a connection");
    }

    private ApiResponse call(Request request) {
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("user-agent", List.of(userAgent));
        request.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        return chain.call(
                request.method(),
                request.path(),
                Parameters.query(request.query()),
                Parameters.headers(headers),
                request.body());
    }

    private static byte[] whole(ApiResponse.Body body) {
        if (body.segments().size() == 1) {
            return body.segments().getFirst();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream((int) body.length());
        body.segments().forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static Map<String, String> first(List<Map.Entry<String, String>> headers) {
        Map<String, String> first = new HashMap<>();
        headers.forEach(header ->
                first.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return first;
    }
}
