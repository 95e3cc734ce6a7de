package dev.pilothouse.model.informer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.client.Transport.Request;
import dev.pilothouse.model.informer.ScriptedTransport.Live;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InformerTest {

    private static final GroupVersionResource MAPS =
            new GroupVersionResource("", "v1", "configmaps");
    private static final String GONE =
            """
            {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Expired","code":410,"message":"too old"}\
            """;

    private final ScriptedTransport server = new ScriptedTransport();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final Informer<CachedObject> informer =
            new Informer<>(
                    new ApiClient(server).resource(MAPS),
                    ListOptions.ALL,
                    CachedObject::of,
                    Map.of("color", object -> List.of(Json.text(object.tree(), "data", "color"))),
                    new Backoff(Duration.ofMillis(5), Duration.ofMillis(20)));

    @AfterEach
    void stop() {
        informer.close();
    }

    @Test
    void beginsWithStreamedListAndGoesOnWithTheSameWatch() throws Exception {
        Live watch = begin();

        watch.event("MODIFIED", map("a", "red", 11));
        watch.event("DELETED", map("b", "blue", 12));

        assertEquals("updated a red>red", next());
        assertEquals("deleted b", next());
        assertEquals(List.of("a"), names(informer.lister().byIndex("color", "red")));
        assertEquals(List.of(), names(informer.lister().byIndex("color", "blue")));
    }

    @Test
    void isSyncedOnlyAfterTheEndOfThePresentState() throws Exception {
        Live watch = server.answerStream();
        start();
        watch.event("ADDED", map("a", "red", 1));
        Request request = server.request();

        assertEquals("true", ScriptedTransport.query(request, "sendInitialEvents"));
        assertEquals("NotOlderThan", ScriptedTransport.query(request, "resourceVersionMatch"));
        assertFalse(informer.hasSynced());
        watch.line(bookmark(10, true));
        informer.synced().get(5, TimeUnit.SECONDS);
        assertEquals("added a", next());
    }

    @Test
    void listsWhereTheServerCannotStreamLists() throws Exception {
        server.answer(
                422,
                """
                {"kind":"Status","status":"Failure","reason":"Invalid","code":422,"message":"sendInitialEvents"}\
                """);
        server.answer(
                200,
                """
                {"metadata":{"resourceVersion":"20","continue":"more"},"items":[%s]}\
                """
                        .formatted(map("a", "red", 3)));
        server.answer(
                200,
                """
                {"metadata":{"resourceVersion":"20"},"items":[%s]}\
                """
                        .formatted(map("b", "red", 4)));
        server.answerStream();
        start();

        server.request();
        Request first = server.request();
        Request second = server.request();
        Request watch = server.request();
        assertEquals("0", ScriptedTransport.query(first, "resourceVersion"));
        assertEquals("more", ScriptedTransport.query(second, "continue"));
        assertEquals("20", ScriptedTransport.query(watch, "resourceVersion"));
        assertEquals("true", ScriptedTransport.query(watch, "watch"));
        assertEquals(List.of("a", "b"), names(informer.lister().all()));
    }

    @Test
    void resumesBrokenWatchAtTheLastRevisionSeen() throws Exception {
        Live watch = begin();
        server.request();
        watch.event("MODIFIED", map("a", "green", 15));
        assertEquals("updated a red>green", next());
        watch.line(bookmark(30, false));
        server.breakConnection();
        Live resumed = server.answerStream();
        watch.breakOff();

        assertEquals("30", ScriptedTransport.query(server.request(), "resourceVersion"));
        assertEquals("30", ScriptedTransport.query(server.request(), "resourceVersion"));
        resumed.event("ADDED", map("c", "red", 31));
        assertEquals("added c", next());
    }

    @Test
    void listsAnewWhenTheRevisionHasExpired() throws Exception {
        Live watch = begin();
        server.request();
        Live anew = server.answerStream();
        watch.event("ERROR", GONE);

        assertEquals("true", ScriptedTransport.query(server.request(), "sendInitialEvents"));
        anew.event("ADDED", map("a", "pink", 40));
        anew.event("ADDED", map("d", "pink", 41));
        anew.line(bookmark(42, true));
        // What has changed, come or gone meanwhile is told; the order among them is open.
        assertEquals(
                List.of("added d", "deleted b", "updated a red>pink"),
                Stream.of(next(), next(), next()).sorted().toList());
    }

    @Test
    void keepsObjectsThatDidNotChangeQuietWhenListingAnew() throws Exception {
        Live watch = begin();
        Live anew = server.answerStream();
        watch.event("ERROR", GONE);
        anew.event("ADDED", map("a", "red", 1));
        anew.event("ADDED", map("b", "blue", 2));
        anew.line(bookmark(42, true));
        anew.event("ADDED", map("z", "red", 43));

        assertEquals("added z", next());
    }

    @Test
    void survivesRefusalsAndNonsense() throws Exception {
        server.answer(500, "{}");
        server.breakConnection();
        server.answer(200, "this is no event");
        Live watch = server.answerStream();
        start();
        watch.event("ADDED", map("a", "red", 1));
        watch.line(bookmark(5, true));

        assertEquals("added a", next());
    }

    @Test
    void tellsLateHandlersWhatIsThere() throws Exception {
        begin();
        BlockingQueue<String> late = new LinkedBlockingQueue<>();
        informer.addHandler(delta -> late.add(text(delta)));

        assertEquals(List.of("added a", "added b"), late.stream().sorted().toList());
    }

    @Test
    void endsWithItsWatchWhenClosed() throws Exception {
        begin();
        informer.close();

        assertTrue(informer.hasSynced());
        for (int i = 0; i < 200 && alive(); i++) {
            Thread.sleep(5);
        }
        assertFalse(alive());
    }

    private boolean alive() {
        return informer.isRunning();
    }

    /**
     * Starts the informer with objects a and b at revision 10; the test reads no deltas of that.
     */
    private Live begin() throws Exception {
        Live watch = server.answerStream();
        watch.event("ADDED", map("a", "red", 1));
        watch.event("ADDED", map("b", "blue", 2));
        watch.line(bookmark(10, true));
        start();
        next();
        next();
        informer.synced().get(5, TimeUnit.SECONDS);
        return watch;
    }

    private void start() {
        informer.addHandler(delta -> told.add(text(delta)));
        informer.start();
    }

    private String next() throws InterruptedException {
        return String.valueOf(told.poll(5, TimeUnit.SECONDS));
    }

    private static List<String> names(List<CachedObject> objects) {
        return objects.stream().map(object -> object.meta().name()).sorted().toList();
    }

    private static String text(Delta<CachedObject> delta) {
        String name = delta.object().meta().name();
        return switch (delta) {
            case Delta.Added<CachedObject> _ -> "added " + name;
            case Delta.Updated<CachedObject>(var before, var now) ->
                    "updated " + name + " " + color(before) + ">" + color(now);
            case Delta.Deleted<CachedObject> _ -> "deleted " + name;
        };
    }

    private static String color(CachedObject object) {
        return Json.text(object.tree(), "data", "color");
    }

    private static String map(String name, String color, int revision) {
        return """
        {"metadata":{"namespace":"n","name":"%s","uid":"%s","resourceVersion":"%d"},"data":{"color":"%s"}}\
        """
                .formatted(name, name, revision, color);
    }

    private static String bookmark(int revision, boolean end) {
        String annotations = end ? ",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}" : "";
        return "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\""
                + revision
                + "\""
                + annotations
                + "}}}";
    }
}
