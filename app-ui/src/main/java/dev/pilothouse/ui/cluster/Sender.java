package dev.pilothouse.ui.cluster;

import dev.pilothouse.ui.cluster.Access.Headers;
import dev.pilothouse.ui.i18n.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one server with the identity that holds now, waits as long as one may wait, and
 * writes every request down. A cluster that is marked as read-only is sent questions alone.
 * Thread-safe.
 */
final class Sender implements AutoCloseable {

    private static final int SWITCHING_PROTOCOLS = 101;

    /** Bytes of an answer that says no; a Status is far smaller. */
    private static final int MOST_SAID = 4 << 20;

    private static final byte[] NO_BODY = {};

    private final Access access;
    private final Patience patience;
    private final RequestLog requests;
    private volatile Client client;

    /** What sends, and with whose certificate. */
    private record Client(HttpClient http, SSLContext tls) {}

    /**
     * Connects to nothing yet.
     *
     * @param requests where requests are written down
     */
    Sender(Access access, Patience patience, RequestLog requests) {
        this.access = access;
        this.patience = patience;
        this.requests = requests;
        this.client = new Client(client(access.tls()), access.tls());
    }

    private HttpClient client(SSLContext tls) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(patience.connect()).sslContext(tls);
        URI proxy = access.proxy();
        if (proxy != null) {
            int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
            builder.proxy(ProxySelector.of(new InetSocketAddress(proxy.getHost(), port)));
        }
        return builder.build();
    }

    /** With another certificate connections have to be others as well; open streams go on. */
    private synchronized void renewClient() {
        SSLContext now = access.headers().tls();
        Client before = client;
        if (now != null && !now.equals(before.tls)) {
            client = new Client(client(now), now);
            before.http.shutdown();
        }
    }

    private void refuseIfReadOnly() throws IOException {
        if (access.marks().readOnly()) {
            throw new IOException(Texts.text("cluster.readOnly", access.name()));
        }
    }

    /**
     * Opens a WebSocket.
     *
     * @param wanted the request that asks for it, without the headers of the protocol
     * @throws RefusedException when the server says no
     * @throws IOException when there is no answer; the message is a sentence for people
     */
    WebSocket webSocket(HttpRequest wanted, String protocol, WebSocket.Listener listener)
            throws IOException, InterruptedException {
        // What runs in a container, or listens on a port of it, can change anything.
        refuseIfReadOnly();
        URI http = wanted.uri();
        String scheme = "https".equals(http.getScheme()) ? "wss:" : "ws:";
        URI uri = URI.create(scheme + http.getRawSchemeSpecificPart());
        SentRequest logged = requests.sent(wanted, NO_BODY);
        WebSocket.Builder builder =
                client.http
                        .newWebSocketBuilder()
                        .connectTimeout(patience.answer())
                        .subprotocols(protocol);
        headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        CompletableFuture<WebSocket> opening = builder.buildAsync(uri, listener);
        try {
            WebSocket open = opening.get();
            requests.answered(logged, SWITCHING_PROTOCOLS);
            return open;
        } catch (ExecutionException e) {
            IOException failure = handshake(http, e.getCause());
            String reason = String.valueOf(failure.getMessage());
            if (failure instanceof RefusedException) {
                requests.given(logged, reason);
            } else {
                requests.failed(logged, reason);
            }
            throw failure;
        }
    }

    private IOException handshake(URI uri, @Nullable Throwable cause) {
        if (cause instanceof WebSocketHandshakeException handshake) {
            HttpResponse<?> answer = handshake.getResponse();
            byte[] body = String.valueOf(answer.body()).getBytes(StandardCharsets.UTF_8);
            return Failures.refusal(
                    uri.getPath(), answer.statusCode(), answer.headers(), body, renewal());
        }
        return told(cause instanceof Exception failure ? failure : new IOException(cause));
    }

    /** The failure in a sentence. */
    IOException told(Exception failure) {
        return new Failures.Told(Failures.sentence(failure, access.endpoint()), failure);
    }

    private String renewal() {
        return access.headers().renewal();
    }

    /**
     * Sends a request and waits for an answer that does not say no.
     *
     * @param sent its body
     * @throws RefusedException when the server says no
     * @throws IOException when there is no answer; the message is a sentence for people
     */
    Answer send(HttpRequest wanted, byte[] sent) throws IOException, InterruptedException {
        if (!ApiPaths.isQuestion(wanted.method(), wanted.uri().getPath())) {
            refuseIfReadOnly();
        }
        long start = System.nanoTime();
        while (true) {
            Answer answer = exchangeAs(wanted, sent);
            if (answer.response.statusCode() < 300) {
                return answer;
            }
            RefusedException refused = refusal(wanted, answer);
            long waited = System.nanoTime() - start;
            Duration wait = Duration.ofSeconds(refused.retryAfter());
            // The request has not been looked at: it can be sent again, as every client does.
            if (refused.code() != RefusedException.TOO_MANY
                    || wait.isZero()
                    || waited + wait.toNanos() > patience.throttled().toNanos()
                    || wanted.uri().getPath().endsWith("/eviction")) {
                throw refused;
            }
            Thread.sleep(wait);
        }
    }

    /** Sends; who is not accepted any more asks once for a new identity. */
    private Answer exchangeAs(HttpRequest wanted, byte[] sent)
            throws IOException, InterruptedException {
        Map<String, List<String>> headers = headers();
        boolean renewable = !access.headers().equals(Headers.NONE);
        SSLContext before = client.tls;
        boolean ended = false;
        try {
            Answer answer = exchange(with(headers, wanted), sent);
            if (answer.response.statusCode() != RefusedException.UNAUTHORIZED || !renewable) {
                return answer;
            }
            answer.body.close();
        } catch (Failures.Told e) {
            if (!renewable || !Failures.isAboutIdentity(e.getCause())) {
                throw e;
            }
            ended = true;
        }
        Map<String, List<String>> renewed;
        try {
            renewed = access.headers().renewed(headers);
        } catch (IOException e) {
            throw new Failures.Told(String.valueOf(e.getMessage()), e);
        }
        renewClient();
        if (ended && client.tls.equals(before)) {
            throw Failures.unauthorized(renewal());
        }
        return exchange(with(renewed, wanted), sent);
    }

    private Map<String, List<String>> headers() throws IOException, InterruptedException {
        try {
            return access.headers().get();
        } catch (IOException e) {
            // Of the user's own files and programs, not of the server.
            throw new Failures.Told(String.valueOf(e.getMessage()), e);
        }
    }

    private static HttpRequest with(Map<String, List<String>> headers, HttpRequest request) {
        if (headers.isEmpty()) {
            return request;
        }
        HttpRequest.Builder builder = HttpRequest.newBuilder(request, (name, value) -> true);
        headers.forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder.build();
    }

    private Answer exchange(HttpRequest request, byte[] sent)
            throws IOException, InterruptedException {
        SentRequest logged = requests.sent(request, sent);
        HttpResponse<InputStream> response;
        try {
            response = client.http.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            IOException told = told(e);
            requests.failed(logged, String.valueOf(told.getMessage()));
            throw told;
        } catch (InterruptedException e) {
            requests.given(logged, Texts.text("cluster.given"));
            throw e;
        }
        requests.answered(logged, response.statusCode());
        return new Answer(response, requests.counting(logged, response.body()));
    }

    /** An answer whose body is counted as it is read. */
    record Answer(HttpResponse<InputStream> response, InputStream body) {}

    private RefusedException refusal(HttpRequest request, Answer answer) {
        byte[] said = {};
        try (InputStream body = IdleLimit.of(answer.body(), patience.answer())) {
            said = body.readNBytes(MOST_SAID);
        } catch (IOException e) {
            // Its code has arrived, which says enough.
        }
        HttpResponse<InputStream> response = answer.response();
        return Failures.refusal(
                request.uri().getPath(),
                response.statusCode(),
                response.headers(),
                said,
                renewal());
    }

    @Override
    public void close() {
        client.http.shutdownNow();
    }
}
