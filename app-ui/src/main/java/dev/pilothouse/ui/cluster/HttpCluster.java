package dev.pilothouse.ui.cluster;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Access.Headers;
import dev.pilothouse.ui.i18n.Texts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Speaks to one API server over HTTP, as any client does. Thread-safe. */
public final class HttpCluster implements Cluster {

    private static final String JSON = "application/json";
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
    private static final String METADATA =
            "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json";
    private static final String DISCOVERY =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";
    private static final int SWITCHING_PROTOCOLS = 101;

    /** Objects of a list in one answer; what kubectl asks for. */
    private static final int CHUNK = 500;

    /** Bytes of an answer that says no; a Status is far smaller. */
    private static final int MOST_SAID = 4 << 20;

    private static final byte[] NO_BODY = {};

    private final URI endpoint;
    private final Access access;
    private final Patience patience;
    private final RequestLog requests = new RequestLog(InstantSource.system());
    private final SharedTables tables = new SharedTables(this);
    private volatile Client client;

    /** What sends, and with whose certificate. */
    private record Client(HttpClient http, SSLContext tls) {}

    /**
     * A client of one server.
     *
     * @param endpoint where it listens
     * @param tls trust and identity
     */
    public HttpCluster(URI endpoint, SSLContext tls) {
        this(Access.of(endpoint.getAuthority(), endpoint, tls));
    }

    /** A client of one server, reached as its access says. */
    public HttpCluster(Access access) {
        this(access, Patience.USUAL);
    }

    HttpCluster(Access access, Patience patience) {
        this.access = access;
        this.endpoint = access.endpoint();
        this.patience = patience;
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

    @Override
    public String name() {
        return access.name();
    }

    @Override
    public Access.Marks marks() {
        return access.marks();
    }

    @Override
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public RequestLog requests() {
        return requests;
    }

    @Override
    public Subscription followKinds(KindsEvents events) {
        return KindsWatcher.start(this, events);
    }

    @Override
    public Subscription followTable(Kind kind, TableQuery query, TableEvents events) {
        return tables.follow(kind, query, events);
    }

    @Override
    public Subscription followObjects(
            Kind kind, String namespace, String query, ObjectEvents events) {
        return ObjectWatcher.start(this, kind, namespace, query, events);
    }

    @Override
    public ObjectNode object(Kind kind, String namespace, String name)
            throws IOException, InterruptedException {
        String path = kind.path(namespace, name);
        return json(request(path, JSON).GET()) instanceof ObjectNode object
                ? object
                : Json.object();
    }

    @Override
    public ObjectNode call(ApiCall call) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request(call.path(), JSON)
                        .method(call.method(), BodyPublishers.ofByteArray(call.bytes()))
                        .timeout(patience.answer());
        if (!call.contentType().isEmpty()) {
            request.header("Content-Type", call.contentType());
        }
        return json(request.build(), call.bytes()) instanceof ObjectNode object
                ? object
                : Json.object();
    }

    @Override
    public List<ObjectNode> objects(Kind kind, String namespace, String query)
            throws IOException, InterruptedException {
        List<ObjectNode> objects = new ArrayList<>();
        String next = "";
        do {
            JsonNode list = list(kind, namespace, query, next);
            objects.addAll(Json.objects(list, "items"));
            next = Json.text(list, "metadata", "continue");
        } while (!next.isEmpty());
        return objects;
    }

    @Override
    public void metadata(
            Kind kind, String namespace, String query, Predicate<List<ObjectNode>> part)
            throws IOException, InterruptedException {
        String next = "";
        do {
            JsonNode list = json(request(page(kind, namespace, query, next), METADATA).GET());
            if (!part.test(Json.objects(list, "items"))) {
                return;
            }
            next = Json.text(list, "metadata", "continue");
        } while (!next.isEmpty());
    }

    @Override
    public InputStream stream(String path) throws IOException, InterruptedException {
        // A connection of its own: a stream that is read slowly must not hold up the others, and
        // servers take only so many streams per connection of HTTP/2.
        return send(request(path, "*/*").version(Version.HTTP_1_1).GET().build()).body();
    }

    @Override
    public WebSocket webSocket(String path, String protocol, WebSocket.Listener listener)
            throws IOException, InterruptedException {
        // What runs in a container, or listens on a port of it, can change anything.
        if (access.marks().readOnly()) {
            throw new IOException(Texts.text("cluster.readOnly", access.name()));
        }
        URI http = endpoint.resolve(path);
        String scheme = "https".equals(http.getScheme()) ? "wss:" : "ws:";
        URI uri = URI.create(scheme + http.getRawSchemeSpecificPart());
        SentRequest logged = requests.sent(request(path, "*/*").GET().build(), NO_BODY);
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
            IOException failure = failure(http, e.getCause());
            String reason = String.valueOf(failure.getMessage());
            if (failure instanceof RefusedException) {
                requests.given(logged, reason);
            } else {
                requests.failed(logged, reason);
            }
            throw failure;
        }
    }

    private IOException failure(URI uri, @Nullable Throwable cause) {
        if (cause instanceof WebSocketHandshakeException handshake) {
            HttpResponse<?> answer = handshake.getResponse();
            byte[] body = String.valueOf(answer.body()).getBytes(StandardCharsets.UTF_8);
            return Failures.refusal(
                    uri.getPath(), answer.statusCode(), answer.headers(), body, renewal());
        }
        return told(cause instanceof Exception failure ? failure : new IOException(cause));
    }

    private IOException told(Exception failure) {
        return new Failures.Told(Failures.sentence(failure, endpoint), failure);
    }

    private String renewal() {
        return access.headers().renewal();
    }

    /** What a view says that could not be read, and until when it waits. */
    Connection.Lost lost(Exception failure, Instant since) {
        return failure instanceof RefusedException refused
                ? new Connection.Lost(String.valueOf(refused.getMessage()), since, refused.code())
                : new Connection.Lost(Failures.sentence(failure, endpoint), since);
    }

    /**
     * A part of a list.
     *
     * @param next where the part before ended; empty for the first
     */
    JsonNode list(Kind kind, String namespace, String query, String next)
            throws IOException, InterruptedException {
        return json(request(page(kind, namespace, query, next), JSON).GET());
    }

    private static String page(Kind kind, String namespace, String query, String next) {
        return kind.path(namespace)
                + "?limit="
                + CHUNK
                + (query.isEmpty() ? "" : "&" + query)
                + (next.isEmpty() ? "" : "&continue=" + next);
    }

    /** The answer of a root of discovery. */
    JsonNode discovery(String root) throws IOException, InterruptedException {
        return json(request(root, DISCOVERY).GET());
    }

    /**
     * A part of a table.
     *
     * @param chosen further parameters, such as a selector; empty for none
     * @param next where the part before ended; empty for the first
     */
    JsonNode table(Kind kind, String namespace, String chosen, String next)
            throws IOException, InterruptedException {
        return json(request(page(kind, namespace, chosen, next), TABLE).GET());
    }

    /**
     * A running watch: one JSON event per line, until closed by either side.
     *
     * @param chosen further parameters, such as a selector; empty for none
     * @param revision events after this one are sent
     */
    Watch watch(Kind kind, String namespace, String chosen, String revision)
            throws IOException, InterruptedException {
        return watch(kind, namespace, chosen, revision, TABLE);
    }

    /** As {@link #watch}, of whole objects that further parameters choose. */
    Watch watchObjects(Kind kind, String namespace, String query, String revision)
            throws IOException, InterruptedException {
        return watch(kind, namespace, query, revision, JSON);
    }

    private Watch watch(Kind kind, String namespace, String chosen, String revision, String form)
            throws IOException, InterruptedException {
        long seconds = patience.watch().toSeconds();
        String query =
                "?watch=1&allowWatchBookmarks=true&timeoutSeconds="
                        + seconds
                        + "&resourceVersion="
                        + revision
                        + (chosen.isEmpty() ? "" : "&" + chosen);
        HttpRequest request =
                request(kind.path(namespace) + query, form).timeout(endOfWatch()).GET().build();
        InputStream body = IdleLimit.of(send(request).body(), endOfWatch());
        return new Watch(
                body, new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)));
    }

    /** By then the server has ended a watch, or is not there any more. */
    private Duration endOfWatch() {
        return patience.watch().plus(patience.answer());
    }

    /** The open body of a watch. */
    record Watch(InputStream body, BufferedReader lines) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    private JsonNode json(HttpRequest.Builder builder) throws IOException, InterruptedException {
        return json(builder.timeout(patience.answer()).build(), NO_BODY);
    }

    private JsonNode json(HttpRequest request, byte[] sent)
            throws IOException, InterruptedException {
        Answer answer = send(request, sent);
        try (InputStream body = IdleLimit.of(answer.body(), patience.answer())) {
            return Json.parse(body.readAllBytes());
        } catch (JacksonException e) {
            String type = answer.response.headers().firstValue("Content-Type").orElse("?");
            throw new Failures.Told(
                    Texts.text(
                            "cluster.notJson",
                            endpoint.getAuthority(),
                            request.uri().getPath(),
                            type),
                    e);
        } catch (IOException e) {
            throw told(e);
        }
    }

    private HttpRequest.Builder request(String path, String accept) {
        return HttpRequest.newBuilder(endpoint.resolve(path)).header("Accept", accept);
    }

    private Answer send(HttpRequest request) throws IOException, InterruptedException {
        return send(request, NO_BODY);
    }

    /** Every request goes through here, and so into the log. */
    private Answer send(HttpRequest wanted, byte[] sent) throws IOException, InterruptedException {
        if (access.marks().readOnly()
                && !ApiPaths.isQuestion(wanted.method(), wanted.uri().getPath())) {
            throw new IOException(Texts.text("cluster.readOnly", access.name()));
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
    private record Answer(HttpResponse<InputStream> response, InputStream body) {}

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
