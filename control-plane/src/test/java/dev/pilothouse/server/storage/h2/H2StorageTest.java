package dev.pilothouse.server.storage.h2;

import static dev.pilothouse.server.storage.h2.Objects.EXTRACTOR;
import static dev.pilothouse.server.storage.h2.Objects.PODS;
import static dev.pilothouse.server.storage.h2.Objects.app;
import static dev.pilothouse.server.storage.h2.Objects.create;
import static dev.pilothouse.server.storage.h2.Objects.delete;
import static dev.pilothouse.server.storage.h2.Objects.pod;
import static dev.pilothouse.server.storage.h2.Objects.request;
import static dev.pilothouse.server.storage.h2.Objects.text;
import static dev.pilothouse.server.storage.h2.Objects.update;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.storage.Durability;
import dev.pilothouse.server.storage.DurableStorage;
import dev.pilothouse.server.storage.IndexFields;
import dev.pilothouse.server.storage.LogRecord;
import dev.pilothouse.server.storage.Provenance;
import dev.pilothouse.server.storage.Retention;
import dev.pilothouse.server.storage.RevisionConflictException;
import dev.pilothouse.server.storage.RevisionException;
import dev.pilothouse.server.storage.RevisionException.Problem;
import dev.pilothouse.server.storage.StoreCorruptException;
import dev.pilothouse.server.storage.StoreEvent;
import dev.pilothouse.server.storage.StoreFailedException;
import dev.pilothouse.server.storage.StoreLockedException;
import dev.pilothouse.server.storage.StoredObject;
import dev.pilothouse.server.storage.WatchStream;
import dev.pilothouse.server.storage.WriteRequest;
import dev.pilothouse.server.storage.WriteRequest.Type;
import dev.pilothouse.server.storage.journal.JournalLimits;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2StorageTest {

    private static final LogLimits SMALL =
            new LogLimits(
                    20,
                    1 << 20,
                    45_000,
                    64 << 10,
                    new JournalLimits(16, 1 << 20, Duration.ofMillis(50).toNanos(), 4_096));

    @TempDir Path folder;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Retention retention = Retention.DEFAULT;
    private DurableStorage store;

    private H2StorageOptions options() {
        return new H2StorageOptions(folder.resolve("data"), "local", retention, () -> now);
    }

    private DurableStorage open() {
        store = H2Storage.open(options(), EXTRACTOR, SMALL);
        return store;
    }

    private DurableStorage reopen() {
        store.close();
        return open();
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    @Test
    void startsEmptyAtRevisionOne() {
        open();
        assertEquals(1, store.revision());
        assertEquals(1, store.oldestRevision());
        assertEquals(0, store.snapshot(PODS).size(""));
        assertNull(store.get(pod("a", "x")));
        assertNull(store.failure());
    }

    @Test
    void numbersWritesAndSplicesTheResourceVersion() {
        open();
        StoredObject one = create(store, pod("a", "x"), "v1");
        assertEquals(2, one.revision());
        assertTrue(text(one).contains("\"metadata\":{\"resourceVersion\":\"2\",\"name\":\"x\""));
        StoredObject two = update(store, one, "v2");
        assertEquals(3, two.revision());
        assertEquals(2, two.createRevision());
        assertEquals(two, store.get(pod("a", "x")));
        StoredObject gone = delete(store, two);
        assertEquals(4, gone.revision());
        assertTrue(text(gone).contains("\"resourceVersion\":\"4\""));
        assertNull(store.get(pod("a", "x")));
    }

    @Test
    void refusesWritesThatExpectAnotherRevision() {
        open();
        StoredObject one = create(store, pod("a", "x"), "v1");
        var again = request(Type.CREATE, pod("a", "x"), 0, "v1", Durability.STRICT);
        var failed = assertThrows(CompletionException.class, () -> store.write(again).join());
        var conflict = assertInstanceOf(RevisionConflictException.class, failed.getCause());
        assertEquals(one, conflict.current());
        var stale = request(Type.UPDATE, pod("a", "y"), 7, "v1", Durability.STRICT);
        failed = assertThrows(CompletionException.class, () -> store.write(stale).join());
        assertNull(assertInstanceOf(RevisionConflictException.class, failed.getCause()).current());
        assertEquals(2, store.revision());
    }

    @Test
    void decidesConflictsWithinOneBatch() {
        open();
        List<java.util.concurrent.CompletableFuture<StoredObject>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(
                    store.write(
                            request(Type.CREATE, pod("a", "x"), 0, "v" + i, Durability.STRICT)));
        }
        long won = all.stream().filter(f -> !fails(f)).count();
        assertEquals(1, won);
        assertEquals(2, store.revision());
        assertEquals("v0", app(store.get(pod("a", "x"))));
    }

    private static boolean fails(java.util.concurrent.CompletableFuture<StoredObject> future) {
        try {
            future.join();
            return false;
        } catch (CompletionException e) {
            assertInstanceOf(RevisionConflictException.class, e.getCause());
            return true;
        }
    }

    @Test
    void keepsEverythingAcrossRestarts() {
        open();
        String uid = store.clusterUid();
        Random random = new Random(7);
        Map<String, StoredObject> expected = new HashMap<>();
        scramble(random, expected, 300);
        for (int i = 0; i < 3; i++) {
            long revision = store.revision();
            reopen();
            assertEquals(revision, store.revision());
            assertEquals(uid, store.clusterUid());
            assertSame(expected);
            scramble(random, expected, 50);
        }
    }

    /** Creates, updates and deletes at random. */
    private void scramble(Random random, Map<String, StoredObject> expected, int writes) {
        for (int i = 0; i < writes; i++) {
            String name = "p" + random.nextInt(40);
            StoredObject old = expected.get(name);
            if (old == null) {
                expected.put(name, create(store, pod("ns" + name.length(), name), "a" + i));
            } else if (random.nextInt(3) == 0) {
                delete(store, old);
                expected.remove(name);
            } else {
                expected.put(name, update(store, old, "u" + i));
            }
        }
    }

    private void assertSame(Map<String, StoredObject> expected) {
        assertEquals(expected.size(), store.snapshot(PODS).size(""));
        for (StoredObject object : expected.values()) {
            assertSame(object, store.get(object.key()));
        }
    }

    private static void assertSame(StoredObject expected, StoredObject actual) {
        assertNotNull(actual, () -> expected + " is missing");
        assertEquals(expected.revision(), actual.revision());
        assertEquals(expected.createRevision(), actual.createRevision());
        assertEquals(text(expected), text(actual));
        assertEquals(app(expected), app(actual));
        assertEquals(expected.key(), actual.key());
    }

    @Test
    void answersForEveryEarlierRevision() {
        open();
        Random random = new Random(3);
        Map<String, StoredObject> expected = new HashMap<>();
        List<Map<String, StoredObject>> history = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            history.add(new HashMap<>(expected));
            scramble(random, expected, 1);
        }
        history.add(new HashMap<>(expected));
        assertHistory(history, 0); // from the events in memory
        reopen();
        assertHistory(history, 0); // from the log
        scramble(random, expected, 30);
        assertHistory(history, 0); // from both
    }

    private void assertHistory(List<Map<String, StoredObject>> history, int from) {
        for (int i = from; i < history.size(); i++) {
            long revision = i + 1;
            Map<String, StoredObject> then = history.get(i);
            var snapshot = store.snapshot(PODS, revision);
            assertEquals(then.size(), snapshot.size(""), "size at " + revision);
            snapshot.iterate("", null, null)
                    .forEachRemaining(object -> assertSame(then.get(object.key().name()), object));
            for (int p = 0; p < 40; p++) {
                String name = "p" + p;
                StoredObject was = then.get(name);
                StoredObject read = store.get(pod("ns" + name.length(), name), revision);
                if (was == null) {
                    assertNull(read, name + " at " + revision);
                } else {
                    assertSame(was, read);
                }
            }
        }
    }

    @Test
    void dropsOldSegmentsAndKeepsWhatIsStillCurrent() throws InterruptedException {
        retention = new Retention(Duration.ofHours(1), 10, 1_000_000, 1L << 30);
        open();
        Random random = new Random(5);
        Map<String, StoredObject> expected = new HashMap<>();
        List<Map<String, StoredObject>> history = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            history.add(new HashMap<>(expected));
            scramble(random, expected, 1);
            now = now.plusSeconds(30);
        }
        history.add(new HashMap<>(expected));
        awaitTidy(200);
        long oldest = store.oldestRevision();
        assertTrue(oldest > 200 && oldest < 300, "kept from " + oldest + " on");
        assertHistory(history, (int) oldest - 1);
        var old = assertThrows(RevisionException.class, () -> store.snapshot(PODS, oldest - 1));
        assertEquals(Problem.COMPACTED, old.problem());
        assertThrows(RevisionException.class, () -> store.watch(PODS, "", oldest - 1));
        reopen();
        assertEquals(oldest, store.oldestRevision());
        assertSame(expected);
        assertHistory(history, (int) oldest - 1);
    }

    @Test
    void givesFreedSpaceBackWhenItIsClosed() throws Exception {
        retention = new Retention(Duration.ofHours(1), 10, 1_000_000, 1L << 30);
        open();
        Random random = new Random(7);
        Map<String, StoredObject> expected = new HashMap<>();
        List<Map<String, StoredObject>> history = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            history.add(new HashMap<>(expected));
            scramble(random, expected, 1);
            now = now.plusSeconds(30);
        }
        history.add(new HashMap<>(expected));
        awaitTidy(400);
        long revision = store.revision();
        Path file = folder.resolve("data.mv.db");
        long before = Files.size(file);
        reopen();
        store.close();
        long after = Files.size(file);
        assertTrue(after < before / 2, before + " bytes became " + after);
        try (var files = Files.list(folder)) {
            assertEquals(
                    List.of(), files.filter(any -> any.toString().contains("compacting")).toList());
        }
        open();
        assertEquals(revision, store.revision());
        assertSame(expected);
        assertHistory(history, 500); // all that the last hour had; a start may drop more before it
        scramble(random, expected, 50);
        reopen();
        assertSame(expected);
    }

    @Test
    void passesOverACopyThatWasNotFinished() throws Exception {
        open();
        Map<String, StoredObject> expected = new HashMap<>();
        scramble(new Random(8), expected, 30);
        store.close();
        Files.writeString(folder.resolve("data.compacting.mv.db"), "a half");
        open();
        assertSame(expected);
        assertFalse(Files.exists(folder.resolve("data.compacting.mv.db")));
    }

    /** Waits until what is older than a revision has been dropped, and nothing more is. */
    private void awaitTidy(long atLeast) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        long oldest;
        do {
            oldest = store.oldestRevision();
            assertTrue(System.nanoTime() < deadline, "still kept from " + oldest + " on");
            Thread.sleep(100);
        } while (oldest <= atLeast || store.oldestRevision() != oldest);
    }

    @Test
    void watchesFromAnyKeptRevisionWithoutGapOrRepetition() {
        open();
        Random random = new Random(11);
        Map<String, StoredObject> expected = new HashMap<>();
        scramble(random, expected, 100);
        reopen(); // so that the first part comes from the log
        scramble(random, expected, 20);
        for (long from = 1; from <= store.revision(); from += 7) {
            try (WatchStream watch = store.watch(PODS, "", from)) {
                List<StoreEvent> events = drain(watch, 13);
                assertEquals(store.revision() - from, events.size());
                for (int i = 0; i < events.size(); i++) {
                    StoreEvent event = events.get(i);
                    assertEquals(from + 1 + i, event.revision());
                    assertEquals(event.revision(), event.object().revision());
                    assertEquals(event.type() == Type.CREATE, event.previous() == null);
                    if (event.previous() != null) {
                        assertSame(
                                store.get(event.object().key(), event.revision() - 1),
                                event.previous());
                    }
                }
                assertEquals(store.revision(), watch.revision());
            }
        }
    }

    private static List<StoreEvent> drain(WatchStream watch, int max) {
        List<StoreEvent> all = new ArrayList<>();
        List<StoreEvent> some = watch.poll(max);
        while (!some.isEmpty()) {
            assertTrue(some.size() <= max);
            all.addAll(some);
            some = watch.poll(max);
        }
        return all;
    }

    @Test
    void watchesOneNamespaceOnly() {
        open();
        AtomicInteger wakeups = new AtomicInteger();
        try (WatchStream watch = store.watch(PODS, "b", 1)) {
            assertEquals(List.of(), watch.poll(10));
            watch.onAvailable(wakeups::incrementAndGet);
            create(store, pod("a", "x"), "v1");
            assertEquals(0, wakeups.get());
            create(store, pod("b", "x"), "v1");
            assertEquals(1, wakeups.get());
            assertEquals(1, watch.poll(10).size());
            assertEquals(List.of(), watch.poll(10));
            assertEquals(3, watch.revision());
        }
    }

    @Test
    void makesLazyWritesVisibleAtOnceAndDurableSoon() throws InterruptedException {
        open();
        long before = Files.exists(folder) ? store.revision() : 0;
        store.write(request(Type.CREATE, pod("a", "x"), 0, "lazy", Durability.LAZY)).join();
        assertEquals("lazy", app(store.get(pod("a", "x"))));
        assertEquals(List.of(), store.changes(before, 10));
        long deadline = System.nanoTime() + Duration.ofSeconds(1).toNanos();
        while (store.changes(before, 10).isEmpty()) {
            assertTrue(System.nanoTime() < deadline, "not durable within a second");
            Thread.sleep(10);
        }
    }

    @Test
    void writesLazyWritesBeforeClosing() {
        open();
        store.write(request(Type.CREATE, pod("a", "x"), 0, "lazy", Durability.LAZY)).join();
        reopen();
        assertEquals("lazy", app(store.get(pod("a", "x"))));
        assertEquals(2, store.revision());
    }

    @Test
    void neverUsesARevisionAgainThatACrashTook() throws IOException {
        open();
        create(store, pod("a", "kept"), "v1");
        StoredObject lost =
                store.write(request(Type.CREATE, pod("a", "lost"), 0, "v", Durability.LAZY)).join();
        Path copy = Files.createDirectory(folder.resolve("crashed"));
        for (String name : List.of("data.mv.db", "data.journal.0", "data.journal.1")) {
            if (Files.exists(folder.resolve(name))) {
                Files.copy(folder.resolve(name), copy.resolve(name));
            }
        }
        var crashed = new H2StorageOptions(copy.resolve("data"), "local", retention, () -> now);
        try (DurableStorage after = H2Storage.open(crashed, EXTRACTOR)) {
            assertTrue(after.revision() > lost.revision());
            assertNull(after.get(lost.key()));
            assertNotNull(after.get(pod("a", "kept")));
            // who has seen the lost revision must list again
            var gone =
                    assertThrows(
                            RevisionException.class, () -> after.watch(PODS, "", lost.revision()));
            assertEquals(Problem.COMPACTED, gone.problem());
            try (WatchStream watch = after.watch(PODS, "", lost.revision() - 1)) {
                create(after, pod("a", "next"), "v1");
                assertEquals(1, drain(watch, 10).size());
            }
        }
    }

    @Test
    void tellsFutureRevisionsFromForgottenOnes() {
        open();
        var future = assertThrows(RevisionException.class, () -> store.snapshot(PODS, 2));
        assertEquals(Problem.FUTURE, future.problem());
        assertEquals(1, future.current());
        assertThrows(RevisionException.class, () -> store.get(pod("a", "x"), 0));
        long start = System.nanoTime();
        assertThrows(RevisionException.class, () -> store.awaitRevision(2, Duration.ofMillis(50)));
        assertTrue(System.nanoTime() - start >= 50_000_000);
        Thread.startVirtualThread(() -> create(store, pod("a", "x"), "v1"));
        store.awaitRevision(2, Duration.ofSeconds(5));
    }

    @Test
    void keepsValuesOfSeveralMebibytes() {
        open();
        byte[] large = new byte[(3 << 20) + 17];
        java.util.Arrays.fill(large, (byte) 'z');
        byte[] head =
                "{\"metadata\":{\"name\":\"big\"},\"data\":\"".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(head, 0, large, 0, head.length);
        large[large.length - 2] = '"';
        large[large.length - 1] = '}';
        WriteRequest big =
                new WriteRequest(
                        Type.CREATE,
                        pod("a", "big"),
                        0,
                        large,
                        IndexFields.EMPTY,
                        Durability.STRICT,
                        new Provenance("tester", ""));
        StoredObject stored = store.write(big).join();
        reopen();
        assertArrayEquals(stored.json(), store.get(pod("a", "big")).json());
        byte[] tooLarge = java.util.Arrays.copyOf(large, (4 << 20) + 1);
        WriteRequest refused =
                new WriteRequest(
                        Type.CREATE,
                        pod("a", "bigger"),
                        0,
                        tooLarge,
                        IndexFields.EMPTY,
                        Durability.STRICT,
                        new Provenance("tester", ""));
        assertThrows(ApiException.class, () -> store.write(refused));
    }

    @Test
    void survivesReadersThatAreInterrupted() throws InterruptedException {
        open();
        StoredObject object = create(store, pod("a", "x"), "v0");
        for (int i = 1; i < 50; i++) {
            object = update(store, object, "v" + i);
        }
        reopen();
        Thread reader =
                Thread.ofPlatform()
                        .start(() -> {
                            Thread.currentThread().interrupt();
                            store.get(pod("a", "x"), 5);
                            store.snapshot(PODS, 6);
                        });
        reader.join();
        assertEquals("v3", app(store.get(pod("a", "x"), 5)));
        update(store, object, "after");
        assertNull(store.failure());
    }

    @Test
    void saysWhoHoldsALockedFile() {
        open();
        var locked =
                assertThrows(
                        StoreLockedException.class, () -> H2Storage.open(options(), EXTRACTOR));
        assertTrue(locked.owner().contains("process " + ProcessHandle.current().pid()));
    }

    @Test
    void refusesAnotherClustersFile() {
        open().close();
        var other = new H2StorageOptions(folder.resolve("data"), "other", retention, () -> now);
        assertThrows(StoreFailedException.class, () -> H2Storage.open(other, EXTRACTOR));
        open(); // and has let go of the file
    }

    @Test
    void neverServesDamagedRows() throws IOException {
        open();
        for (int i = 0; i < 60; i++) {
            create(store, pod("a", "pod-with-some-name-" + i), "victim-" + i);
        }
        store.backup(folder.resolve("backups/one.backup"));
        store.close();
        Path data = folder.resolve("data.mv.db");
        byte[] bytes = Files.readAllBytes(data);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int found = 0;
        try (RandomAccessFile file = new RandomAccessFile(data.toFile(), "rw")) {
            int at = text.indexOf("victim-7");
            while (at >= 0) {
                file.seek(at);
                file.write('V');
                found++;
                at = text.indexOf("victim-7", at + 1);
            }
        }
        assertTrue(found > 0);
        var damage = assertThrows(StoreCorruptException.class, this::open);
        assertTrue(damage.getMessage().contains("one.backup"), damage.getMessage());
        store = null;
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws IOException {
        Files.write(folder.resolve("data.mv.db"), new byte[40_000]);
        assertThrows(StoreCorruptException.class, this::open);
    }

    @Test
    void restoresABackupWithRevisionsThatOnlyRise() {
        open();
        Random random = new Random(13);
        Map<String, StoredObject> expected = new HashMap<>();
        scramble(random, expected, 120);
        long at = store.revision();
        Path backup = folder.resolve("b.backup");
        store.backup(backup);
        Map<String, StoredObject> saved = new HashMap<>(expected);
        scramble(random, expected, 30);
        long last = store.revision();
        String uid = store.clusterUid();
        assertThrows(StoreLockedException.class, () -> H2Storage.restore(backup, options(), true));
        store.close();
        assertThrows(StoreFailedException.class, () -> H2Storage.restore(backup, options(), false));
        H2Storage.restore(backup, options(), true);
        open();
        assertSame(saved);
        assertEquals(uid, store.clusterUid());
        assertTrue(store.revision() > last);
        assertThrows(RevisionException.class, () -> store.watch(PODS, "", last));
        assertEquals(saved.size(), store.snapshot(PODS, at).size(""), "history comes back as well");
        long first = store.revision();
        create(store, pod("z", "new"), "v");
        store.close();
        now = now.plusSeconds(1);
        H2Storage.restore(backup, options(), true);
        open();
        assertTrue(store.revision() > first + 1, "the same backup once more");
    }

    @Test
    void refusesADamagedBackup() throws IOException {
        open();
        for (int i = 0; i < 50; i++) {
            create(store, pod("a", "p" + i), "v" + i);
        }
        Path backup = folder.resolve("b.backup");
        store.backup(backup);
        store.close();
        byte[] bytes = Files.readAllBytes(backup);
        bytes[bytes.length / 2] ^= 0x10;
        Files.write(backup, bytes);
        var into = new H2StorageOptions(folder.resolve("other"), "local", retention, () -> now);
        assertThrows(StoreCorruptException.class, () -> H2Storage.restore(backup, into, false));
        assertTrue(Files.notExists(folder.resolve("other.mv.db")));
        Files.write(backup, java.util.Arrays.copyOf(bytes, bytes.length - 12));
        assertThrows(StoreCorruptException.class, () -> H2Storage.restore(backup, into, false));
    }

    @Test
    void listsTheRevisionsOfAnObjectAlsoAcrossDeletion() {
        open();
        StoredObject one = create(store, pod("a", "x"), "v1");
        delete(store, update(store, one, "v2"));
        for (int i = 0; i < 50; i++) {
            create(store, pod("a", "other" + i), "o");
        }
        create(store, pod("a", "x"), "again");
        List<LogRecord> rows = store.revisions(pod("a", "x"), Long.MAX_VALUE, 10);
        assertEquals(
                List.of(Type.CREATE, Type.DELETE, Type.UPDATE, Type.CREATE),
                rows.stream().map(LogRecord::type).toList());
        assertEquals("tester", rows.getFirst().provenance().actor());
        assertEquals(2, store.revisions(pod("a", "x"), 4, 10).size());
        assertEquals(1, store.revisions(pod("a", "x"), Long.MAX_VALUE, 1).size());
    }

    @Test
    void startsAgainAfterACrashWhileTheFileWasMade() throws IOException {
        Files.write(folder.resolve("data.mv.db"), new byte[100]);
        Files.createFile(folder.resolve("data.creating"));
        open();
        create(store, pod("a", "x"), "v1");
        assertTrue(Files.notExists(folder.resolve("data.creating")));
    }

    @Test
    void refusesWritesOnceClosed() {
        open().close();
        var failed =
                assertThrows(
                        CompletionException.class,
                        () ->
                                store.write(
                                                request(
                                                        Type.CREATE,
                                                        pod("a", "x"),
                                                        0,
                                                        "v",
                                                        Durability.STRICT))
                                        .join());
        assertInstanceOf(ApiException.class, failed.getCause());
    }
}
