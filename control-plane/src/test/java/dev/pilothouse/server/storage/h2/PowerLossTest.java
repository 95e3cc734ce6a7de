package dev.pilothouse.server.storage.h2;

import static dev.pilothouse.server.storage.h2.Objects.EXTRACTOR;
import static dev.pilothouse.server.storage.h2.Objects.PODS;
import static dev.pilothouse.server.storage.h2.Objects.app;
import static dev.pilothouse.server.storage.h2.Objects.pod;
import static dev.pilothouse.server.storage.h2.Objects.request;
import static dev.pilothouse.server.storage.h2.Objects.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.Durability;
import dev.pilothouse.server.storage.Retention;
import dev.pilothouse.server.storage.RevisionException;
import dev.pilothouse.server.storage.RevisionLog;
import dev.pilothouse.server.storage.StoredObject;
import dev.pilothouse.server.storage.WriteRequest.Type;
import dev.pilothouse.server.storage.cache.VersionedStore;
import dev.pilothouse.server.storage.h2.CrashDisk.Crash;
import dev.pilothouse.server.storage.h2.CrashDisk.Power;
import dev.pilothouse.server.storage.journal.BaseLog;
import dev.pilothouse.server.storage.journal.JournalLimits;
import dev.pilothouse.server.storage.journal.JournaledLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Takes the power away in the middle of writing, hundreds of times, from a disk that keeps any part
 * of what was not forced, or ends the process there; whatever was acknowledged must be there
 * afterwards.
 */
@Tag("crash")
class PowerLossTest {

    private static final int LOSSES_PER_DISK = 20;

    private final Map<ObjectKey, Expected> objects = new HashMap<>();
    private int acknowledged;
    private int unknown;
    private long revision;

    /**
     * What may be found of an object: exactly what was acknowledged last, or one of the writes
     * after that whose outcome nobody was told.
     */
    private static final class Expected {
        long revision;
        String app = "";
        final List<String> possible = new ArrayList<>();
    }

    @ParameterizedTest
    @CsvSource({
        "POWER,512,45000",
        "POWER,4096,45000",
        "POWER,512,100",
        "POWER,4096,100",
        "KILL,4096,20"
    })
    void keepsWhatWasAcknowledgedThroughCrashes(Crash crash, int sector, int h2RetentionMillis) {
        Logger writerLog = Logger.getLogger("dev.pilothouse.server.storage.cache.StoreWriter");
        Logger settlerLog = Logger.getLogger("dev.pilothouse.server.storage.journal.Settler");
        writerLog.setLevel(Level.OFF);
        settlerLog.setLevel(Level.OFF);
        long seed = 20260101L + sector + h2RetentionMillis;
        Random random = new Random(seed);
        int losses = Integer.getInteger("pilothouse.powerlosses", 600) / 5;
        long start = System.nanoTime();
        Image image = Image.EMPTY;
        for (int loss = 0; loss < losses; loss++) {
            if (loss % LOSSES_PER_DISK == 0) {
                image = Image.EMPTY;
                objects.clear();
                revision = 1;
            }
            image = writeUntilPowerIsLost(image, crash, sector, h2RetentionMillis, random, loss);
        }
        writerLog.setLevel(null);
        settlerLog.setLevel(null);
        System.out.printf(
                "crash by %s: %d times, sectors of %d bytes, reuse after %d ms, seed %d:"
                        + " %d acknowledged writes kept, %d unanswered, %.1f s%n",
                crash,
                losses,
                sector,
                h2RetentionMillis,
                seed,
                acknowledged,
                unknown,
                (System.nanoTime() - start) / 1e9);
        assertTrue(acknowledged > losses, "too little was written to mean anything");
    }

    /** What is on the disks. */
    private record Image(byte[] data, List<byte[]> journal) {
        static final Image EMPTY = new Image(new byte[0], List.of());
    }

    private Image writeUntilPowerIsLost(
            Image image, Crash crash, int sector, int h2RetentionMillis, Random random, int loss) {
        String name = "disk-" + crash + "-" + sector + "-" + h2RetentionMillis + "-" + loss;
        Power power = new Power();
        CrashDisk disk = new CrashDisk(power, crash, sector, random, image.data());
        CrashFilePath.mount(name, disk);
        CrashJournal journal =
                new CrashJournal(
                        content -> new CrashDisk(power, crash, sector, random, content),
                        image.journal());
        var retention = new Retention(Duration.ofHours(1), 20, 60, 1L << 30);
        var options =
                new H2StorageOptions(
                        Path.of("/nowhere/" + name),
                        "local",
                        retention,
                        () -> java.time.Instant.EPOCH);
        var small = new JournalLimits(10, 16 << 10, Duration.ofMillis(5).toNanos(), 8 << 10);
        LogLimits limits = new LogLimits(15, 1 << 20, h2RetentionMillis, 64 << 10, small);
        boolean fresh = image.data().length == 0;
        BaseLog base = new H2RevisionLog(options, "ord:crash:/" + name, fresh, limits);
        RevisionLog log = new JournaledLog(base, journal, small, () -> {});
        try (VersionedStore store = VersionedStore.open(log, EXTRACTOR, options.clock())) {
            verify(store);
            power.dieAfter(random.nextInt(120));
            while (store.failure() == null) {
                write(store, random);
            }
        }
        CrashFilePath.unmount(name);
        return new Image(disk.afterCrash(), journal.afterCrash());
    }

    private void verify(VersionedStore store) {
        assertTrue(store.revision() >= revision, "revisions went back");
        revision = store.revision();
        for (Map.Entry<ObjectKey, Expected> entry : objects.entrySet()) {
            StoredObject found = store.get(entry.getKey());
            Expected expected = entry.getValue();
            String now = found == null ? "" : app(found);
            if (!now.equals(expected.app)) {
                assertTrue(
                        expected.possible.contains(now),
                        () -> entry.getKey() + " is '" + now + "', not '" + expected.app + "'");
            }
            if (found != null) {
                assertTrue(
                        text(found).contains("\"resourceVersion\":\"" + found.revision() + "\""));
                assertTrue(text(found).endsWith("\"labels\":{\"app\":\"" + now + "\"}}}"));
            }
            expected.app = now;
            expected.revision = found == null ? 0 : found.revision();
            expected.possible.clear();
        }
        long live = objects.values().stream().filter(o -> o.revision > 0).count();
        assertEquals(live, store.snapshot(PODS).size(""));
        long oldest = store.oldestRevision();
        try {
            assertNotNull(store.snapshot(PODS, oldest));
        } catch (RevisionException e) {
            assertTrue(store.oldestRevision() > oldest, e::getMessage); // just trimmed
        }
    }

    /** A few writes at once, of different objects, strict and lazy. */
    private void write(VersionedStore store, Random random) {
        Map<ObjectKey, CompletableFuture<StoredObject>> answers = new HashMap<>();
        Map<ObjectKey, String> wanted = new HashMap<>();
        Map<ObjectKey, Boolean> strict = new HashMap<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            ObjectKey key = pod("ns" + random.nextInt(3), "pod-" + random.nextInt(25));
            if (answers.containsKey(key)) {
                continue;
            }
            Expected expected = objects.computeIfAbsent(key, any -> new Expected());
            Type type =
                    expected.revision == 0
                            ? Type.CREATE
                            : random.nextInt(4) == 0 ? Type.DELETE : Type.UPDATE;
            String app =
                    type == Type.DELETE
                            ? ""
                            : "v" + random.nextLong() + "x".repeat(random.nextInt(2000));
            Durability durability = random.nextInt(5) == 0 ? Durability.LAZY : Durability.STRICT;
            expected.possible.add(app);
            wanted.put(key, app);
            strict.put(key, durability == Durability.STRICT);
            answers.put(key, store.write(request(type, key, expected.revision, app, durability)));
        }
        answers.forEach((key, answer) -> note(key, answer, wanted.get(key), strict.get(key)));
    }

    private void note(
            ObjectKey key, CompletableFuture<StoredObject> answer, String app, boolean strict) {
        Expected expected = objects.get(key);
        try {
            StoredObject stored = answer.join();
            expected.revision = app.isEmpty() ? 0 : stored.revision();
            if (strict) {
                expected.possible.clear();
                expected.app = app;
                acknowledged++;
                revision = Math.max(revision, stored.revision());
            }
        } catch (CompletionException e) {
            unknown++;
        }
    }
}
