package dev.pilothouse.server.storage.h2;

import static dev.pilothouse.server.storage.h2.Objects.EXTRACTOR;
import static dev.pilothouse.server.storage.h2.Objects.PODS;
import static dev.pilothouse.server.storage.h2.Objects.app;
import static dev.pilothouse.server.storage.h2.Objects.create;
import static dev.pilothouse.server.storage.h2.Objects.pod;
import static dev.pilothouse.server.storage.h2.Objects.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.InProcessServer;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.EventSource;
import dev.pilothouse.server.request.Parameters;
import dev.pilothouse.server.request.RequestIds;
import dev.pilothouse.server.request.UserInfo;
import dev.pilothouse.server.storage.Durability;
import dev.pilothouse.server.storage.DurableStorage;
import dev.pilothouse.server.storage.FieldExtractor;
import dev.pilothouse.server.storage.Retention;
import dev.pilothouse.server.storage.RevisionException;
import dev.pilothouse.server.storage.RevisionException.Problem;
import dev.pilothouse.server.storage.Snapshot;
import dev.pilothouse.server.storage.StoreEvent;
import dev.pilothouse.server.storage.StoredObject;
import dev.pilothouse.server.storage.WatchStream;
import dev.pilothouse.server.storage.WriteRequest;
import dev.pilothouse.server.storage.journal.JournalLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** What is trimmed by each rule, and how readers of what is gone are told so. */
@Timeout(180)
class RetentionTest {

    private static final LogLimits SMALL =
            new LogLimits(
                    20,
                    1 << 20,
                    45_000,
                    64 << 10,
                    new JournalLimits(16, 1 << 20, Duration.ofMillis(50).toNanos(), 4_096));
    private static final Duration LONG = Duration.ofDays(1_000);
    private static final long MANY = 1_000_000;
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    @TempDir Path folder;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private DurableStorage store;

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    private DurableStorage open(Retention retention, FieldExtractor extractor) {
        return H2Storage.open(
                new H2StorageOptions(folder.resolve("data"), "local", retention, () -> now),
                extractor,
                SMALL);
    }

    /** Writes one pod again and again, beside one that is never written again. */
    private StoredObject write(int times) {
        create(store, pod("ns", "still"), "first");
        StoredObject last = create(store, pod("ns", "busy"), "0");
        for (int i = 1; i < times; i++) {
            last = change(last, Integer.toString(i));
            now = now.plusSeconds(1);
        }
        return last;
    }

    /** Few are waited for until they are on disk, which would take most of the test's time. */
    private StoredObject change(StoredObject old, String app) {
        Durability durability = old.revision() % 16 == 0 ? Durability.STRICT : Durability.LAZY;
        return store.write(
                        request(
                                WriteRequest.Type.UPDATE,
                                old.key(),
                                old.revision(),
                                app,
                                durability))
                .join();
    }

    private void awaitOldest(LongPredicate wanted) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!wanted.test(store.oldestRevision())) {
            assertTrue(System.nanoTime() < deadline, "kept from " + store.oldestRevision() + " on");
            Thread.sleep(50);
        }
    }

    /** Nothing more is trimmed than the rules say. */
    private void staysAtLeast(long kept) throws InterruptedException {
        Thread.sleep(500);
        long rows = store.revision() - store.oldestRevision();
        assertTrue(rows >= kept, "only " + rows + " revisions are kept");
    }

    @Test
    void trimsByNumber() throws InterruptedException {
        store = open(new Retention(LONG, 50, 100, 1L << 40), EXTRACTOR);
        write(400);
        awaitOldest(revision -> store.revision() - revision <= 100);
        staysAtLeast(50);
        trimmed();
    }

    @Test
    void trimsBySize() throws InterruptedException {
        // A pod takes some hundred bytes.
        store = open(new Retention(LONG, 40, MANY, 10_000), EXTRACTOR);
        write(400);
        awaitOldest(revision -> revision > 200);
        staysAtLeast(40);
        trimmed();
    }

    @Test
    void trimsByAgeButKeepsTheLeastNumber() throws InterruptedException {
        store = open(new Retention(Duration.ofSeconds(30), 150, MANY, 1L << 40), EXTRACTOR);
        write(400);
        now = now.plus(Duration.ofHours(1));
        // Trimming follows writes.
        create(store, pod("ns", "more"), "x");
        awaitOldest(revision -> store.revision() - revision <= 180);
        staysAtLeast(150);
        trimmed();
    }

    @Test
    void keepsAllThatIsYoungAndSmall() throws InterruptedException {
        store = open(new Retention(LONG, 10, MANY, 1L << 40), EXTRACTOR);
        write(400);
        staysAtLeast(400);
        assertEquals(1, store.snapshot(PODS, 2).size(""));
    }

    /** Looks at what is kept; again when more has been trimmed meanwhile. */
    private void trimmed() {
        while (true) {
            long oldest = store.oldestRevision();
            try {
                trimmed(oldest);
                return;
            } catch (RevisionException e) {
                if (store.oldestRevision() == oldest) {
                    throw e;
                }
            }
        }
    }

    private void trimmed(long oldest) {
        for (long gone : new long[] {1, oldest / 2, oldest - 1}) {
            RevisionException read =
                    assertThrows(RevisionException.class, () -> store.snapshot(PODS, gone));
            assertEquals(Problem.COMPACTED, read.problem());
            RevisionException watched =
                    assertThrows(RevisionException.class, () -> store.watch(PODS, "", gone));
            assertEquals(Problem.COMPACTED, watched.problem());
        }
        // What was written long ago and never again is there, now and at the oldest revision.
        assertEquals("first", app(store.get(pod("ns", "still"))));
        Snapshot then = store.snapshot(PODS, oldest);
        List<String> names = new ArrayList<>();
        then.iterate("", null, null).forEachRemaining(object -> names.add(object.key().name()));
        assertEquals(List.of("busy", "still"), names);
        try (WatchStream watch = store.watch(PODS, "", oldest)) {
            long next = oldest + 1;
            for (List<StoreEvent> some = watch.poll(50); !some.isEmpty(); some = watch.poll(50)) {
                for (StoreEvent event : some) {
                    assertEquals(next++, event.revision());
                }
            }
            assertEquals(store.revision() + 1, next);
        }
    }

    /** A reader that has begun is not disturbed. */
    @Test
    void leavesSnapshotsThatAreHeld() throws InterruptedException {
        store = open(new Retention(LONG, 20, 60, 1L << 40), EXTRACTOR);
        write(30);
        long revision = store.revision();
        Snapshot held = store.snapshot(PODS);
        Map<String, String> before = content(held);
        for (int i = 0; i < 300; i++) {
            change(store.get(pod("ns", "busy")), "later" + i);
        }
        awaitOldest(oldest -> oldest > revision);
        assertThrows(RevisionException.class, () -> store.snapshot(PODS, revision));
        assertEquals(before, content(held));
    }

    private static Map<String, String> content(Snapshot snapshot) {
        Map<String, String> content = new TreeMap<>();
        snapshot.iterate("", null, null)
                .forEachRemaining(object -> content.put(object.key().name(), app(object)));
        return content;
    }

    /** The API tells clients to list again, with 410 and the reason Expired. */
    @Test
    void tellsClientsThatHistoryIsGone() throws Exception {
        DurableStorage[] opened = new DurableStorage[1];
        Retention retention = new Retention(LONG, 20, 60, 1L << 40);
        try (InProcessServer server =
                new InProcessServer(
                        folder,
                        extractor -> {
                            opened[0] = open(retention, extractor);
                            return opened[0];
                        })) {
            for (String name : List.of("a", "b", "c")) {
                ask(
                        server,
                        "POST",
                        MAPS,
                        Map.of(),
                        201,
                        "{\"metadata\":{\"name\":\"%s\"}}".formatted(name));
            }
            ObjectNode page = ask(server, "GET", MAPS, Map.of("limit", "1"), 200, "");
            String token = Json.text(page, "metadata", "continue");
            String revision = Json.text(page, "metadata", "resourceVersion");
            for (int i = 0; i < 300; i++) {
                String patch = "{\"data\":{\"k\":\"" + i + "\"}}";
                ask(server, "PATCH", MAPS + "/a", Map.of(), 200, patch);
            }
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (opened[0].oldestRevision() <= Long.parseLong(revision)) {
                assertTrue(System.nanoTime() < deadline, "nothing is trimmed");
                Thread.sleep(50);
            }

            String gone = "too old resource version: " + revision + " \\(\\d+\\)";
            Map<String, String> exact =
                    Map.of("resourceVersion", revision, "resourceVersionMatch", "Exact");
            expired(ask(server, "GET", MAPS, exact, 410, ""), gone);
            ObjectNode event =
                    ask(
                            server,
                            "GET",
                            MAPS,
                            Map.of("watch", "1", "resourceVersion", revision),
                            200,
                            "");
            assertEquals("ERROR", Json.text(event, "type"));
            ObjectNode object = Json.objectAt(event, "object");
            assertEquals("Status", Json.text(object, "kind"));
            expired(object, gone);

            ObjectNode old =
                    ask(server, "GET", MAPS, Map.of("limit", "1", "continue", token), 410, "");
            expired(old, "The provided continue parameter is too old .*");
            // The way on that Kubernetes offers: the rest of the list as it is now.
            String further = Json.text(old, "metadata", "continue");
            ObjectNode rest = ask(server, "GET", MAPS, Map.of("continue", further), 200, "");
            assertEquals(
                    List.of("b", "c"),
                    Json.objects(rest, "items").stream()
                            .map(each -> Json.text(each, "metadata", "name"))
                            .toList());
            // At least as new as something that is gone is no problem.
            ask(
                    server,
                    "GET",
                    MAPS,
                    Map.of("resourceVersion", revision, "resourceVersionMatch", "NotOlderThan"),
                    200,
                    "");
        }
    }

    private static void expired(ObjectNode status, String message) {
        assertEquals(410, Json.number(status, 0, "code"));
        assertEquals("Expired", Json.text(status, "reason"));
        assertTrue(Json.text(status, "message").matches(message), status::toString);
    }

    private static ObjectNode ask(
            InProcessServer server,
            String method,
            String path,
            Map<String, String> query,
            int expected,
            String body)
            throws IOException {
        Map<String, List<String>> all = new TreeMap<>();
        query.forEach((name, value) -> all.put(name, List.of(value)));
        String type = method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
        ApiResponse answer =
                server.chain()
                        .handle(
                                new ApiRequest(
                                        RequestIds.next(),
                                        method,
                                        path,
                                        Parameters.query(all),
                                        Parameters.headers(Map.of("content-type", List.of(type))),
                                        body.getBytes(StandardCharsets.UTF_8),
                                        "test",
                                        List.of(),
                                        Instant.now(),
                                        ApiRequest.UNKNOWN_INFO,
                                        new UserInfo(
                                                "test", "", List.of(UserInfo.MASTERS), Map.of())));
        byte[] bytes = bytes(answer);
        assertEquals(expected, answer.status(), () -> new String(bytes, StandardCharsets.UTF_8));
        return Json.parseObject(bytes);
    }

    private static byte[] bytes(ApiResponse answer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (answer) {
            case ApiResponse.Body body -> body.segments().forEach(out::writeBytes);
            case ApiResponse.ByteStream stream -> stream.writer().writeTo(out);
            case ApiResponse.Upgrade upgrade -> upgrade.handler().abandon();
            case ApiResponse.EventStream stream -> {
                try (EventSource source = stream.source()) {
                    for (EventSource.Frame frame : source.poll(10)) {
                        out.writeBytes(frame.head());
                        out.writeBytes(frame.object());
                        out.writeBytes(frame.tail());
                    }
                    assertTrue(source.poll(10).isEmpty() && source.ended(), "the watch ends");
                }
            }
        }
        return out.toByteArray();
    }
}
