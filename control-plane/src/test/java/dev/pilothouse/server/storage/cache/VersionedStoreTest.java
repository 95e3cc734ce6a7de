package dev.pilothouse.server.storage.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.storage.Durability;
import dev.pilothouse.server.storage.IndexFields;
import dev.pilothouse.server.storage.Provenance;
import dev.pilothouse.server.storage.RevisionException;
import dev.pilothouse.server.storage.StoreEvent;
import dev.pilothouse.server.storage.StoredObject;
import dev.pilothouse.server.storage.WatchStream;
import dev.pilothouse.server.storage.WriteRequest;
import dev.pilothouse.server.storage.WriteRequest.Type;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VersionedStoreTest {

    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final Logger LOG = Logger.getLogger(StoreWriter.class.getName());

    private final MemoryLog log = new MemoryLog();
    private VersionedStore store;

    @BeforeEach
    void open() {
        store =
                VersionedStore.open(
                        log,
                        (key, json) -> IndexFields.EMPTY,
                        InstantSource.system(),
                        new VersionedStore.Limits(10, 1 << 20));
    }

    @AfterEach
    void close() {
        store.close();
        LOG.setLevel(null);
    }

    private StoredObject create(String namespace, String name) {
        String json = "{\"metadata\":{\"name\":\"" + name + "\"}}";
        return store.write(
                        new WriteRequest(
                                Type.CREATE,
                                new ObjectKey(PODS, namespace, name),
                                0,
                                json.getBytes(StandardCharsets.UTF_8),
                                IndexFields.EMPTY,
                                Durability.STRICT,
                                new Provenance("tester", "")))
                .join();
    }

    @Test
    void stopsWritingForGoodAfterTheFirstFailureAndGoesOnReading() {
        LOG.setLevel(Level.OFF);
        StoredObject before = create("a", "before");
        log.full = true;
        var failed = assertThrows(CompletionException.class, () -> create("a", "lost"));
        ApiException refused = assertInstanceOf(ApiException.class, failed.getCause());
        assertEquals(StatusReason.SERVICE_UNAVAILABLE, refused.reason());
        assertTrue(refused.getMessage().contains("the disk is full"));
        assertEquals("the disk is full", store.failure());
        log.full = false;
        assertThrows(CompletionException.class, () -> create("a", "later"));
        assertEquals(before, store.get(before.key()));
        assertNull(store.get(new ObjectKey(PODS, "a", "lost")));
        assertEquals(before.revision(), store.revision());
        store.close();
        assertEquals("abandoned", log.ending);
    }

    @Test
    void readsOnInTheLogWhenTheConsumerIsSlow() {
        try (WatchStream watch = store.watch(PODS, "", 1)) {
            List<StoreEvent> events = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                create("a", "p" + i);
                if (i % 37 == 0) {
                    events.addAll(watch.poll(3));
                }
            }
            List<StoreEvent> more = watch.poll(7);
            while (!more.isEmpty()) {
                events.addAll(more);
                more = watch.poll(7);
            }
            assertEquals(100, events.size());
            for (int i = 0; i < 100; i++) {
                assertEquals("p" + i, events.get(i).object().key().name());
            }
        }
    }

    @Test
    void endsAWatchThatHasFallenBehindWhatIsKept() {
        try (WatchStream watch = store.watch(PODS, "", 1)) {
            for (int i = 0; i < 50; i++) {
                create("a", "p" + i);
            }
            log.oldest = 30;
            var behind = assertThrows(RevisionException.class, () -> watch.poll(10));
            assertEquals(RevisionException.Problem.COMPACTED, behind.problem());
        }
    }

    @Test
    void wakesOncePerEmptyPollAndSurvivesBadWakeUps() {
        LOG.setLevel(Level.OFF);
        Logger.getLogger(WatchCache.class.getName()).setLevel(Level.OFF);
        AtomicInteger wakeups = new AtomicInteger();
        try (WatchStream bad = store.watch(PODS, "", 1);
                WatchStream good = store.watch(PODS, "", 1)) {
            bad.poll(1);
            bad.onAvailable(() -> {
                throw new AssertionError("bad watcher");
            });
            good.poll(1);
            good.onAvailable(wakeups::incrementAndGet);
            create("a", "one");
            create("a", "two");
            assertEquals(1, wakeups.get());
            assertEquals(2, good.poll(10).size());
            assertEquals(0, good.poll(10).size());
            create("a", "three");
            assertEquals(2, wakeups.get());
            good.close();
            create("a", "four");
            assertEquals(2, wakeups.get());
            assertNull(store.failure());
            assertNotNull(store.get(new ObjectKey(PODS, "a", "four")));
        }
        Logger.getLogger(WatchCache.class.getName()).setLevel(null);
    }

    @Test
    void answersForRevisionsThatHaveLeftMemory() {
        for (int i = 0; i < 60; i++) {
            create("a", "p" + i);
        }
        for (int revision = 1; revision <= 61; revision++) {
            assertEquals(revision - 1, store.snapshot(PODS, revision).size("a"));
        }
        assertNull(store.get(new ObjectKey(PODS, "a", "p20"), 10));
        assertNotNull(store.get(new ObjectKey(PODS, "a", "p20"), 22));
    }
}
