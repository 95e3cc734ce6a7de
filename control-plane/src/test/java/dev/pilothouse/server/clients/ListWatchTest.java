package dev.pilothouse.server.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.codec.ProtobufCodec;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.server.testing.Answer;
import dev.pilothouse.server.testing.ApiClient;
import dev.pilothouse.server.testing.RunningServer;
import dev.pilothouse.server.testing.WatchReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** How lists, watches, dry runs and field ownership behave over HTTP. */
class ListWatchTest {

    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
    private static final String PARTIAL =
            "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static final String MERGE = "application/merge-patch+json";
    private static final String APPLY = "application/apply-patch+yaml";

    private static @Nullable RunningServer server;
    private static int namespaces;

    private String maps = "";

    @BeforeAll
    static void start() {
        server = RunningServer.start();
    }

    @AfterAll
    static void stop() {
        server().close();
    }

    @BeforeEach
    void makeNamespace() {
        String namespace = "n" + namespaces++;
        admin().create(
                        "/api/v1/namespaces",
                        Json.parse("{\"metadata\":{\"name\":\"" + namespace + "\"}}"));
        maps = "/api/v1/namespaces/" + namespace + "/secrets";
    }

    private static RunningServer server() {
        return Objects.requireNonNull(server);
    }

    private static ApiClient admin() {
        return server().admin();
    }

    /** Makes a map and returns its revision. */
    private String make(String name, String label) {
        ObjectNode made =
                admin().create(
                                maps,
                                Json.parse(
                                        "{\"metadata\":{\"name\":\""
                                                + name
                                                + "\",\"labels\":{\"l\":\""
                                                + label
                                                + "\"}}}"));
        return Json.text(made, "metadata", "resourceVersion");
    }

    private String label(String name, String label) {
        Answer answer =
                admin().patch(
                                maps + "/" + name,
                                MERGE,
                                "{\"metadata\":{\"labels\":{\"l\":\"" + label + "\"}}}");
        return answer.at("metadata", "resourceVersion");
    }

    private static List<String> names(Answer list) {
        return Json.objects(list.json(), "items").stream()
                .map(item -> Json.text(item, "metadata", "name"))
                .toList();
    }

    private Answer list(String query) {
        return admin().get(maps + "?" + query);
    }

    @Test
    void pagesShowOneRevisionUnderConcurrentWrites() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            make("m%02d".formatted(i), "a");
        }
        AtomicBoolean done = new AtomicBoolean();
        Thread writer =
                Thread.startVirtualThread(() -> {
                    for (int i = 0; !done.get(); i++) {
                        make("late%04d".formatted(i), "b");
                        admin().delete(maps + "/m%02d".formatted(10 + i % 10));
                    }
                });
        Answer page = list("limit=3");
        String revision = page.at("metadata", "resourceVersion");
        List<String> seen = new ArrayList<>(names(page));
        assertTrue(Json.number(page.json(), 0, "metadata", "remainingItemCount") > 0);
        while (!page.at("metadata", "continue").isEmpty()) {
            page = list("limit=3&continue=" + page.at("metadata", "continue"));
            assertEquals(revision, page.at("metadata", "resourceVersion"));
            seen.addAll(names(page));
        }
        done.set(true);
        writer.join();

        Answer exact = list("resourceVersionMatch=Exact&resourceVersion=" + revision);
        assertEquals(names(exact), seen);
        assertEquals(revision, exact.at("metadata", "resourceVersion"));
    }

    @Test
    void countsWhatRemains() {
        for (int i = 0; i < 5; i++) {
            make("m" + i, i < 3 ? "a" : "b");
        }
        Answer page = list("limit=2");
        assertEquals(3, Json.number(page.json(), -1, "metadata", "remainingItemCount"));
        Answer selected = list("limit=2&labelSelector=l%3Da");
        assertEquals(List.of("m0", "m1"), names(selected));
        assertEquals(-1, Json.number(selected.json(), -1, "metadata", "remainingItemCount"));
        Answer rest =
                list("limit=9&labelSelector=l%3Da&continue=" + selected.at("metadata", "continue"));
        assertEquals(List.of("m2"), names(rest));
        assertEquals("", rest.at("metadata", "continue"));
    }

    @Test
    void readsAtRevisionsAsAsked() {
        String first = make("a", "x");
        String second = make("b", "x");

        assertEquals(List.of("a", "b"), names(list("")));
        assertEquals(List.of("a", "b"), names(list("resourceVersion=0")));
        assertEquals(List.of("a", "b"), names(list("resourceVersion=" + first)));
        assertEquals(
                List.of("a", "b"),
                names(list("resourceVersionMatch=NotOlderThan&resourceVersion=" + first)));
        Answer exact = list("resourceVersionMatch=Exact&resourceVersion=" + first);
        assertEquals(List.of("a"), names(exact));
        assertEquals(first, exact.at("metadata", "resourceVersion"));
        assertEquals(List.of("a"), names(list("limit=5&resourceVersion=" + first)));
        assertEquals(422, list("resourceVersionMatch=Exact").status());
        assertEquals(422, list("resourceVersionMatch=Exact&resourceVersion=0").status());
        assertEquals(422, list("resourceVersionMatch=x&resourceVersion=1").status());
        assertTrue(Long.parseLong(second) > Long.parseLong(first));
    }

    @Test
    void waitsForFutureRevisionsAndGivesUp() {
        Answer answer = list("resourceVersion=999999999");
        assertEquals(504, answer.status());
        assertEquals("Timeout", answer.at("reason"));
        assertTrue(
                answer.at("message")
                        .startsWith("Timeout: Too large resource version: 999999999, current: "),
                answer::toString);
        ObjectNode details = Json.objectAt(answer.json(), "details");
        assertEquals(1, Json.number(details, 0, "retryAfterSeconds"));
        assertEquals(
                "ResourceVersionTooLarge",
                Json.text(Json.objects(details, "causes").getFirst(), "reason"));
        assertEquals("1", answer.header("Retry-After"));
    }

    @Test
    void watchesFromOldRevisions() {
        String first = make("a", "x");
        make("b", "x");
        label("a", "y");
        admin().delete(maps + "/b");

        try (WatchReader watch =
                new WatchReader(
                        admin(), maps + "?watch=1&timeoutSeconds=1&resourceVersion=" + first)) {
            assertEquals(List.of("ADDED b", "MODIFIED a", "DELETED b", "end"), watch.names(4));
        }
    }

    @Test
    void crossesSelectors() {
        String start = make("a", "out");
        label("a", "in");
        admin().patch(maps + "/a", MERGE, "{\"data\":{\"k\":\"dg==\"}}");
        String left = label("a", "out");

        try (WatchReader watch =
                new WatchReader(
                        admin(),
                        maps
                                + "?watch=1&timeoutSeconds=1&labelSelector=l%3Din&resourceVersion="
                                + start)) {
            assertEquals(List.of("ADDED a", "MODIFIED a"), watch.names(2));
            ObjectNode deleted = Objects.requireNonNull(watch.next());
            assertEquals("DELETED", Json.text(deleted, "type"));
            assertEquals("in", Json.text(deleted, "object", "metadata", "labels", "l"));
            assertEquals(left, Json.text(deleted, "object", "metadata", "resourceVersion"));
            assertNull(watch.next());
        }
    }

    @Test
    void sendsInitialEventsAndTheirEnd() {
        make("a", "x");
        make("b", "x");
        String query =
                "?watch=1&sendInitialEvents=true&allowWatchBookmarks=true&timeoutSeconds=1"
                        + "&resourceVersionMatch=NotOlderThan";
        try (WatchReader watch = new WatchReader(admin(), maps + query)) {
            assertEquals(List.of("ADDED a", "ADDED b"), watch.names(2));
            ObjectNode bookmark = Objects.requireNonNull(watch.next());
            assertEquals("BOOKMARK", Json.text(bookmark, "type"));
            assertEquals("Secret", Json.text(bookmark, "object", "kind"));
            assertEquals(
                    "true",
                    Json.text(
                            bookmark,
                            "object",
                            "metadata",
                            "annotations",
                            "k8s.io/initial-events-end"));
            assertFalse(Json.text(bookmark, "object", "metadata", "resourceVersion").isEmpty());
        }
        assertEquals(422, list("watch=1&sendInitialEvents=true").status());
        assertEquals(422, list("watch=1&resourceVersionMatch=NotOlderThan").status());
    }

    @Test
    void endsWatchesInTime() {
        Instant begin = Instant.now();
        try (WatchReader watch = new WatchReader(admin(), maps + "?watch=1&timeoutSeconds=1")) {
            assertNull(watch.next());
        }
        Duration taken = Duration.between(begin, Instant.now());
        assertTrue(taken.toMillis() >= 900 && taken.toSeconds() < 5, taken::toString);
    }

    @Test
    void streamsChunkedInHttp1() throws IOException {
        make("a", "x");
        try (WatchReader watch =
                new WatchReader(server().adminHttp1(), maps + "?watch=1&resourceVersion=0")) {
            assertEquals(HttpClient.Version.HTTP_1_1, watch.response().version());
            assertEquals(
                    "chunked",
                    watch.response().headers().firstValue("Transfer-Encoding").orElse(""));
            assertEquals("ADDED a", watch.nextName());
            make("b", "x");
            assertEquals("ADDED b", watch.nextName());
        }
    }

    @Test
    void streamsInHttp2() {
        try (WatchReader watch = new WatchReader(admin(), maps + "?watch=1")) {
            assertEquals(HttpClient.Version.HTTP_2, watch.response().version());
            make("a", "x");
            assertEquals("ADDED a", watch.nextName());
        }
    }

    @Test
    void streamsOverWebSocket() throws Exception {
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        URI uri =
                URI.create(
                        server().endpoint().toString().replace("https", "wss") + maps + "?watch=1");
        WebSocket socket =
                server().adminHttp1()
                        .http()
                        .newWebSocketBuilder()
                        .buildAsync(uri, new Collector(messages))
                        .get(5, TimeUnit.SECONDS);
        make("a", "x");
        ObjectNode event =
                Json.parseObject(Objects.requireNonNull(messages.poll(5, TimeUnit.SECONDS)));
        assertEquals("ADDED", Json.text(event, "type"));
        socket.abort();
    }

    private record Collector(BlockingQueue<String> messages) implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
            messages.add(data.toString());
            socket.request(1);
            return null;
        }
    }

    @Test
    void dryRunsUseNoRevision() {
        String before = make("a", "x");
        String map = "{\"metadata\":{\"name\":\"%s\"},\"data\":{\"k\":\"dg==\"}}";
        Answer created = admin().post(maps + "?dryRun=All", map.formatted("b"));
        assertEquals(201, created.status());
        assertFalse(created.at("metadata", "uid").isEmpty());
        Answer updated = admin().put(maps + "/a?dryRun=All", map.formatted("a"));
        assertEquals("dg==", updated.at("data", "k"));
        Answer patched =
                admin().patch(maps + "/a?dryRun=All", MERGE, "{\"data\":{\"k\":\"dw==\"}}");
        assertEquals("dw==", patched.at("data", "k"));
        assertEquals(200, admin().delete(maps + "/a?dryRun=All").status());
        assertEquals(200, admin().delete(maps + "?dryRun=All").status());

        Answer after = list("");
        assertEquals(before, after.at("metadata", "resourceVersion"));
        assertEquals(List.of("a"), names(after));
        assertEquals("", admin().get(maps + "/a").at("data", "k"));
    }

    @Test
    void keepsFieldManagersPerSubresource() {
        String pods = maps.replace("secrets", "pods");
        admin().post(
                        pods + "?fieldManager=maker",
                        """
                        {"metadata":{"name":"p"},"spec":{"schedulerName":"nobody","containers":[{"name":"c","image":"i"}]}}
                        """);
        Answer answer =
                admin().patch(
                                pods + "/p/status?fieldManager=teller",
                                MERGE,
                                "{\"status\":{\"message\":\"m\"}}");
        List<String> managers =
                Json.objects(answer.json(), "metadata", "managedFields").stream()
                        .map(entry ->
                                Json.text(entry, "manager")
                                        + "/"
                                        + Json.text(entry, "operation")
                                        + "/"
                                        + Json.text(entry, "subresource"))
                        .toList();
        assertEquals(List.of("maker/Update/", "teller/Update/status"), managers);
    }

    @Test
    void reportsApplyConflicts() {
        String one =
                "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"MQ==\"}}";
        Answer applied = admin().patch(maps + "/a?fieldManager=one", APPLY, one);
        assertEquals(201, applied.status());
        ObjectNode entry = Json.objects(applied.json(), "metadata", "managedFields").getFirst();
        assertEquals("Apply", Json.text(entry, "operation"));
        Answer conflict =
                admin().patch(maps + "/a?fieldManager=two", APPLY, one.replace("MQ==", "Mg=="));
        assertEquals(409, conflict.status());
        assertEquals("Conflict", conflict.at("reason"));
        assertEquals(
                "Apply failed with 1 conflict: conflict with \"one\": .data.k",
                conflict.at("message"));
        ObjectNode cause = Json.objects(conflict.json(), "details", "causes").getFirst();
        assertEquals("FieldManagerConflict", Json.text(cause, "reason"));
        assertEquals(".data.k", Json.text(cause, "field"));
        Answer forced =
                admin().patch(
                                maps + "/a?fieldManager=two&force=true",
                                APPLY,
                                one.replace("MQ==", "Mg=="));
        assertEquals("Mg==", forced.at("data", "k"));
    }

    @Test
    void speaksProtobufBothWays() {
        ProtobufCodec codec = new ProtobufCodec(Schema.builtIn());
        ObjectNode map =
                Json.parseObject(
                        "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"p\"},\"data\":{\"k\":\"w7w=\"}}");
        Answer created =
                admin().send(
                                "POST",
                                maps,
                                codec.encode(map),
                                "Content-Type",
                                PROTOBUF,
                                "Accept",
                                PROTOBUF);
        assertEquals(201, created.status());
        assertEquals(PROTOBUF, created.header("Content-Type"));
        assertEquals("w7w=", Json.text(codec.decode(created.body()), "data", "k"));
        ObjectNode list = codec.decode(admin().get(maps, "Accept", PROTOBUF).body());
        assertEquals("SecretList", Json.text(list, "kind"));
        assertEquals(1, Json.objects(list, "items").size());
        ObjectNode status = codec.decode(admin().get(maps + "/none", "Accept", PROTOBUF).body());
        assertEquals("NotFound", Json.text(status, "reason"));
    }

    @Test
    void printsTablesInListGetAndWatch() {
        make("a", "x");
        Answer list = admin().get(maps, "Accept", TABLE);
        assertEquals("Table", list.at("kind"));
        assertEquals("meta.k8s.io/v1", list.at("apiVersion"));
        assertEquals(1, Json.objects(list.json(), "rows").size());
        Answer get = admin().get(maps + "/a", "Accept", TABLE);
        ObjectNode row = Json.objects(get.json(), "rows").getFirst();
        assertEquals("PartialObjectMetadata", Json.text(row, "object", "kind"));
        try (WatchReader watch =
                new WatchReader(
                        admin(),
                        maps + "?watch=1&timeoutSeconds=1&resourceVersion=0",
                        "Accept",
                        TABLE)) {
            ObjectNode event = Objects.requireNonNull(watch.next());
            assertEquals("Table", Json.text(event, "object", "kind"));
        }
    }

    @Test
    void givesMetadataOnly() {
        admin().post(maps, "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"dg==\"}}");
        Answer get = admin().get(maps + "/a", "Accept", PARTIAL);
        assertEquals("PartialObjectMetadata", get.at("kind"));
        assertEquals("meta.k8s.io/v1", get.at("apiVersion"));
        assertFalse(get.json().has("data"));
        Answer list =
                admin().get(
                                maps,
                                "Accept",
                                PARTIAL.replace(
                                        "PartialObjectMetadata", "PartialObjectMetadataList"));
        assertEquals("PartialObjectMetadataList", list.at("kind"));
        try (WatchReader watch =
                new WatchReader(
                        admin(),
                        maps + "?watch=1&timeoutSeconds=1&resourceVersion=0",
                        "Accept",
                        PARTIAL)) {
            ObjectNode event = Objects.requireNonNull(watch.next());
            assertEquals("PartialObjectMetadata", Json.text(event, "object", "kind"));
        }
    }

    @Test
    void validatesFieldsAsAsked() {
        String body =
                "{\"metadata\":{\"name\":\"%s\"},\"dataa\":{},\"data\":{\"k\":\"MQ==\"},\"data\":{\"k\":\"Mg==\"}}";
        Answer strict = admin().post(maps + "?fieldValidation=Strict", body.formatted("s"));
        assertEquals(400, strict.status());
        assertEquals(
                "Secret in version \"v1\" cannot be handled as a Secret: strict decoding error:"
                        + " duplicate field \"data\", unknown field \"dataa\"",
                strict.at("message"));
        Answer warned = admin().post(maps + "?fieldValidation=Warn", body.formatted("w"));
        assertEquals(201, warned.status());
        assertEquals(
                List.of(
                        "299 - \"duplicate field \\\"data\\\"\"",
                        "299 - \"unknown field \\\"dataa\\\"\""),
                warned.headers().allValues("Warning"));
        Answer ignored = admin().post(maps + "?fieldValidation=Ignore", body.formatted("i"));
        assertEquals(201, ignored.status());
        assertEquals(List.of(), ignored.headers().allValues("Warning"));
        assertNotNull(ignored.json());
        assertNotEquals("", new String(ignored.body(), StandardCharsets.UTF_8));
    }
}
