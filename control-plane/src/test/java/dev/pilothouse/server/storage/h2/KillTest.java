package dev.pilothouse.server.storage.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.DurableStorage;
import dev.pilothouse.server.storage.StoredObject;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that writes under load, again and again on the same file; every write that it
 * said was done must be there. Three quarters of {@code -Dpilothouse.kills} fall to this test, the
 * rest to the whole server's.
 */
@Tag("crash")
class KillTest {

    private static final int KILLS =
            Math.ceilDiv(3 * Integer.getInteger("pilothouse.kills", 10), 4);

    /** The exit value of a process that got SIGKILL; with any other it gave up by itself. */
    private static final int KILLED = 137;

    private static final long MAX_OPEN_NANOS = TimeUnit.SECONDS.toNanos(2);

    @TempDir Path folder;

    /** The last write of an object that was acknowledged; text "-" when it was a delete. */
    private record Acknowledged(long revision, String text) {}

    private final Map<ObjectKey, Acknowledged> last = new HashMap<>();

    /** What is to be deleted after its last acknowledged write, and may be gone or not. */
    private final Set<ObjectKey> announced = new HashSet<>();

    private int acknowledged;
    private long newest;

    @Test
    void keepsWhatWasAcknowledgedThroughKills() throws Exception {
        Path file = folder.resolve("data");
        Random random = new Random(42);
        long[] opens = new long[KILLS];
        long start = System.nanoTime();
        for (int kill = 0; kill < KILLS; kill++) {
            runAndKill(file, kill, 20 + random.nextInt(380));
            long before = System.nanoTime();
            try (DurableStorage store =
                    H2Storage.open(
                            KillChild.options(file), Objects.EXTRACTOR, KillChild.limits())) {
                opens[kill] = System.nanoTime() - before;
                verify(store);
            }
        }
        Arrays.sort(opens);
        System.out.printf(
                "kill -9: %d times, %d acknowledged writes kept; open median %d ms, worst %d ms;"
                        + " file %d MiB, %.0f s%n",
                KILLS,
                acknowledged,
                opens[KILLS / 2] / 1_000_000,
                opens[KILLS - 1] / 1_000_000,
                Files.size(folder.resolve("data.mv.db")) >> 20,
                (System.nanoTime() - start) / 1e9);
        assertTrue(opens[KILLS / 2] < MAX_OPEN_NANOS, "starts take too long");
        assertTrue(acknowledged > KILLS, "too little was written to mean anything");
    }

    /** Where the classes came from: java.class.path need not say it when a test runs. */
    private static String classPath() throws Exception {
        Class<?>[] needed = {
            KillChild.class,
            H2Storage.class,
            ObjectKey.class,
            org.h2.Driver.class,
            org.slf4j.Logger.class,
            Class.forName("org.slf4j.jul.JDK14LoggerAdapter")
        };
        StringJoiner paths = new StringJoiner(File.pathSeparator);
        for (Class<?> type : needed) {
            paths.add(
                    Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                            .toString());
        }
        return paths.toString();
    }

    private void runAndKill(Path file, int run, int millis) throws Exception {
        Path errors = folder.resolve("errors");
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xshare:auto",
                                "-cp",
                                classPath(),
                                KillChild.class.getName(),
                                file.toString(),
                                Integer.toString(run))
                        .redirectError(errors.toFile())
                        .start();
        try (BufferedReader lines = child.inputReader()) {
            String first = lines.readLine();
            assertEquals("ready", first, () -> howItEnded(child, errors));
            CompletableFuture<Void> killed =
                    CompletableFuture.runAsync(
                            () -> child.toHandle().destroyForcibly(), // keeps what it said
                            CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
            String line = lines.readLine();
            String next = lines.readLine();
            while (next != null) {
                note(line);
                line = next;
                next = lines.readLine();
            }
            if (line != null && line.startsWith("delete ") && line.endsWith(" .")) {
                note(line);
            } // any other last line may be cut off
            killed.join();
        } catch (IOException e) {
            throw new IllegalStateException("the child's output broke", e);
        } finally {
            child.destroyForcibly().waitFor();
        }
        if (File.separatorChar == '/') { // elsewhere there are no signals
            assertEquals(KILLED, child.exitValue(), () -> howItEnded(child, errors));
        }
    }

    private static String howItEnded(Process child, Path errors) {
        try {
            child.waitFor(30, TimeUnit.SECONDS);
            String code = child.isAlive() ? "is alive" : "ended with " + child.exitValue();
            return "the child " + code + " and says: " + Files.readString(errors);
        } catch (IOException | InterruptedException e) {
            return "the child's end is unknown: " + e;
        }
    }

    private void note(String line) {
        String[] parts = line.split(" ", 4);
        if (parts[0].equals("delete")) {
            announced.add(KillChild.key(Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
            return;
        }
        ObjectKey key = KillChild.key(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        long revision = Long.parseLong(parts[2]);
        last.put(key, new Acknowledged(revision, parts[3]));
        announced.remove(key);
        newest = Math.max(newest, revision);
        acknowledged++;
    }

    private void verify(DurableStorage store) {
        assertTrue(store.revision() >= newest, "revisions went back");
        for (Map.Entry<ObjectKey, Acknowledged> entry : last.entrySet()) {
            StoredObject found = store.get(entry.getKey());
            Acknowledged expected = entry.getValue();
            if (found != null && found.revision() > expected.revision()) {
                continue; // a later write whose acknowledgement nobody read
            }
            if (expected.text().equals("-")) {
                assertTrue(found == null, () -> entry.getKey() + " was deleted");
            } else if (found == null) {
                assertTrue(announced.contains(entry.getKey()), () -> entry.getKey() + " is lost");
            } else {
                assertEquals(expected.revision(), found.revision());
                String text = Objects.text(found);
                assertTrue(text.endsWith("{\"app\":\"" + expected.text() + "\"}}}"), text);
            }
        }
    }
}
