package dev.pilothouse.model.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Reaches an API server over HTTP. Thread-safe. */
public final class HttpTransport implements Transport, AutoCloseable {

    private final HttpClient client;
    private final URI server;
    private final Supplier<Map<String, String>> credentials;

    /**
     * A transport to a server.
     *
     * @param server scheme, host, port, and a path prefix if there is one
     * @param tls trust and client certificate
     * @param credentials headers that every request carries, asked for each time since tokens
     *     change
     */
    public HttpTransport(URI server, SSLContext tls, Supplier<Map<String, String>> credentials) {
        this.server = server;
        this.credentials = credentials;
        this.client =
                HttpClient.newBuilder()
                        .sslContext(tls)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    @Override
    public Response send(Request request) throws IOException {
        HttpResponse<byte[]> response = exchange(request, BodyHandlers.ofByteArray());
        return new Response(response.statusCode(), first(response.headers()), response.body());
    }

    @Override
    public LineStream open(Request request) throws IOException {
        HttpResponse<InputStream> response = exchange(request, BodyHandlers.ofInputStream());
        return new Lines(response.statusCode(), first(response.headers()), response.body());
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        client.shutdownNow();
    }

    private <T> HttpResponse<T> exchange(Request request, BodyHandler<T> handler)
            throws IOException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(target(request));
        request.headers().forEach(builder::setHeader);
        credentials.get().forEach(builder::setHeader);
        builder.method(
                request.method(),
                request.body().length == 0
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofByteArray(request.body()));
        try {
            return client.send(builder.build(), handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    private URI target(Request request) {
        String base = server.toString();
        StringBuilder target =
                new StringBuilder(base.endsWith("/") ? base.substring(0, base.length() - 1) : base);
        for (String segment : request.path().substring(1).split("/", -1)) {
            target.append('/').append(encode(segment));
        }
        char separator = '?';
        for (Map.Entry<String, List<String>> parameter : request.query().entrySet()) {
            for (String value : parameter.getValue()) {
                target.append(separator)
                        .append(encode(parameter.getKey()))
                        .append('=')
                        .append(encode(value));
                separator = '&';
            }
        }
        return URI.create(target.toString());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Map<String, String> first(HttpHeaders headers) {
        Map<String, String> first = new HashMap<>();
        headers.map()
                .forEach((name, values) ->
                        first.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return first;
    }

    /** The lines of a body. */
    private static final class Lines implements LineStream {

        private final int status;
        private final Map<String, String> headers;
        private final InputStream in;
        private volatile boolean closed;

        Lines(int status, Map<String, String> headers, InputStream body) {
            this.status = status;
            this.headers = headers;
            this.in = new BufferedInputStream(body, 16 * 1024);
        }

        @Override
        public int status() {
            return status;
        }

        @Override
        public Map<String, String> headers() {
            return headers;
        }

        @Override
        public byte @Nullable [] next() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
            try {
                for (int b = in.read(); b >= 0; b = in.read()) {
                    if (b == '\n') {
                        return line.toByteArray();
                    }
                    line.write(b);
                }
            } catch (IOException e) {
                if (closed) {
                    return null;
                }
                throw e;
            }
            return line.size() == 0 || closed ? null : line.toByteArray();
        }

        @Override
        public void close() {
            closed = true;
            try {
                in.close();
            } catch (IOException _) {
                // Nobody reads from it any more.
            }
        }
    }
}
