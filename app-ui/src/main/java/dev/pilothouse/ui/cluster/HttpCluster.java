package dev.pilothouse.ui.cluster;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.i18n.Texts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
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

    /** Objects of a list in one answer; what kubectl asks for. */
    private static final int CHUNK = 500;

    private static final byte[] NO_BODY = {};

    private final URI endpoint;
    private final Access access;
    private final Patience patience;
    private final RequestLog requests = new RequestLog(InstantSource.system());
    private final SharedTables tables = new SharedTables(this);
    private final Sender sender;

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
        this.sender = new Sender(access, patience, requests);
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
        return sender.send(request(path, "*/*").version(Version.HTTP_1_1).GET().build(), NO_BODY)
                .body();
    }

    @Override
    public WebSocket webSocket(String path, String protocol, WebSocket.Listener listener)
            throws IOException, InterruptedException {
        return sender.webSocket(request(path, "*/*").GET().build(), protocol, listener);
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
        InputStream body = IdleLimit.of(sender.send(request, NO_BODY).body(), endOfWatch());
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
        Sender.Answer answer = sender.send(request, sent);
        try (InputStream body = IdleLimit.of(answer.body(), patience.answer())) {
            return Json.parse(body.readAllBytes());
        } catch (JacksonException e) {
            String type = answer.response().headers().firstValue("Content-Type").orElse("?");
            throw new Failures.Told(
                    Texts.text(
                            "cluster.notJson",
                            endpoint.getAuthority(),
                            request.uri().getPath(),
                            type),
                    e);
        } catch (IOException e) {
            throw sender.told(e);
        }
    }

    private HttpRequest.Builder request(String path, String accept) {
        return HttpRequest.newBuilder(endpoint.resolve(path)).header("Accept", accept);
    }

    @Override
    public void close() {
        sender.close();
    }
}
