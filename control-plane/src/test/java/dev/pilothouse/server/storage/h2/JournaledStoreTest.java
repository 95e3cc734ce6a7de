package dev.pilothouse.server.storage.h2;

import static dev.pilothouse.server.storage.h2.Objects.EXTRACTOR;
import static dev.pilothouse.server.storage.h2.Objects.PODS;
import static dev.pilothouse.server.storage.h2.Objects.create;
import static dev.pilothouse.server.storage.h2.Objects.delete;
import static dev.pilothouse.server.storage.h2.Objects.pod;
import static dev.pilothouse.server.storage.h2.Objects.update;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.storage.DurableStorage;
import dev.pilothouse.server.storage.Retention;
import dev.pilothouse.server.storage.StoreCorruptException;
import dev.pilothouse.server.storage.StoredObject;
import dev.pilothouse.server.storage.journal.JournalLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start finds whose journal holds what the database does not have yet. */
class JournaledStoreTest {

    private static final long HOUR = Duration.ofHours(1).toNanos();

    /** Nothing leaves the journal before the store is closed. */
    private static final LogLimits HELD =
            new LogLimits(
                    20,
                    1 << 20,
                    45_000,
                    64 << 10,
                    new JournalLimits(10_000, 64 << 20, HOUR, 1 << 20));

    @TempDir Path folder;

    private DurableStorage store;

    private static H2StorageOptions options(Path file) {
        return new H2StorageOptions(file, "local", Retention.DEFAULT, InstantSource.system());
    }

    private DurableStorage open(Path file) {
        return H2Storage.open(options(file), EXTRACTOR, HELD);
    }

    @BeforeEach
    void open() {
        store = open(folder.resolve("data"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** The files as a kill would leave them now. */
    private Path crash(String name) throws IOException {
        Path copy = Files.createDirectory(folder.resolve(name));
        for (String file : List.of("data.mv.db", "data.journal.0", "data.journal.1")) {
            if (Files.exists(folder.resolve(file))) {
                Files.copy(folder.resolve(file), copy.resolve(file));
            }
        }
        return copy.resolve("data");
    }

    private static void corrupt(Path journal, String text) throws IOException {
        byte[] bytes = Files.readAllBytes(journal);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
        assertTrue(at > 0, text + " is not in the journal");
        bytes[at] ^= 1;
        Files.write(journal, bytes);
    }

    @Test
    void findsWhatOnlyTheJournalHas() throws IOException {
        StoredObject one = create(store, pod("a", "one"), "v1");
        StoredObject two = create(store, pod("a", "two"), "v1");
        one = update(store, one, "v2");
        delete(store, two);
        for (int start = 0; start < 3; start++) { // whoever is killed while starting starts again
            try (DurableStorage after = open(crash("crash" + start))) {
                assertEquals(store.revision(), after.revision());
                assertEquals("v2", Objects.app(assertFound(after.get(one.key()))));
                assertNull(after.get(two.key()));
                assertEquals(1, after.snapshot(PODS).size(""));
                assertEquals("v1", Objects.app(assertFound(after.get(two.key(), 3))));
                assertEquals(4, after.changes(1, 10).size());
            }
        }
    }

    private static StoredObject assertFound(StoredObject object) {
        assertNotNull(object);
        return object;
    }

    @Test
    void replacesAndDeletesWhatTheDatabaseHas() throws IOException {
        StoredObject one = create(store, pod("a", "one"), "v1");
        StoredObject two = create(store, pod("a", "two"), "v1");
        store.close();
        open();
        update(store, one, "v2");
        delete(store, two);
        try (DurableStorage after = open(crash("crashed"))) {
            assertEquals("v2", Objects.app(assertFound(after.get(one.key()))));
            assertEquals(1, after.snapshot(PODS).size(""));
        }
    }

    @Test
    void leavesNoJournalWhenItIsClosed() {
        create(store, pod("a", "x"), "v1");
        assertTrue(Files.exists(folder.resolve("data.journal.0")));
        store.close();
        assertTrue(Files.notExists(folder.resolve("data.journal.0")));
        open();
        assertNotNull(store.get(pod("a", "x")));
    }

    @Test
    void ignoresALastFrameThatIsTorn() throws IOException {
        create(store, pod("a", "kept"), "kept");
        create(store, pod("a", "torn"), "torn");
        Path crashed = crash("crashed");
        corrupt(crashed.resolveSibling("data.journal.0"), "{\"app\":\"torn\"");
        try (DurableStorage after = open(crashed)) {
            assertNotNull(after.get(pod("a", "kept")));
            assertNull(after.get(pod("a", "torn")));
            assertEquals(2, after.revision());
            create(after, pod("a", "next"), "next");
        }
    }

    @Test
    void refusesAJournalThatIsDamagedBeforeItsEnd() throws IOException {
        create(store, pod("a", "first"), "first");
        create(store, pod("a", "second"), "second");
        Path crashed = crash("crashed");
        corrupt(crashed.resolveSibling("data.journal.0"), "{\"app\":\"first\"");
        var damage = assertThrows(StoreCorruptException.class, () -> open(crashed));
        assertTrue(damage.getMessage().contains("journal"), damage.getMessage());
    }

    @Test
    void refusesToStartWithoutTheJournal() throws IOException {
        create(store, pod("a", "x"), "v1");
        Path crashed = crash("crashed");
        Files.delete(crashed.resolveSibling("data.journal.0"));
        var damage = assertThrows(StoreCorruptException.class, () -> open(crashed));
        assertTrue(damage.getMessage().contains("missing"), damage.getMessage());
    }

    @Test
    void takesNothingFromTheJournalOfAnotherStore() throws IOException {
        try (DurableStorage other = open(folder.resolve("other"))) {
            create(other, pod("a", "foreign"), "v1");
            create(store, pod("a", "own"), "v1");
            Path crashed = crash("crashed");
            Files.delete(crashed.resolveSibling("data.journal.0"));
            Files.copy(folder.resolve("other.journal.0"), crashed.resolveSibling("data.journal.0"));
            try (DurableStorage after = open(crashed)) {
                assertNull(after.get(pod("a", "foreign")));
            }
        }
    }

    @Test
    void usesItsFilesInTurn() throws IOException {
        StoredObject object = create(store, pod("a", "x"), "v0");
        for (int i = 1; i <= 60; i++) { // 3 MiB, of which two files hold 2
            object = update(store, object, "v" + i + "x".repeat(50_000));
        }
        assertTrue(Files.size(folder.resolve("data.journal.0")) < 2 << 20);
        assertTrue(Files.size(folder.resolve("data.journal.1")) < 2 << 20);
        try (DurableStorage after = open(crash("crashed"))) {
            assertEquals(object.revision(), assertFound(after.get(object.key())).revision());
            assertEquals(60, after.revisions(object.key(), object.revision(), 100).size());
        }
    }
}
