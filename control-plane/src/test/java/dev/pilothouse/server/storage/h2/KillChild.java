package dev.pilothouse.server.storage.h2;

import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.Durability;
import dev.pilothouse.server.storage.DurableStorage;
import dev.pilothouse.server.storage.Retention;
import dev.pilothouse.server.storage.StoredObject;
import dev.pilothouse.server.storage.WriteRequest.Type;
import dev.pilothouse.server.storage.journal.JournalLimits;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;

/** Writes to a store from several threads as fast as it can, and says what was acknowledged. */
final class KillChild {

    static final int THREADS = 4;
    static final int OBJECTS = 60;

    private KillChild() {}

    static H2StorageOptions options(Path file) {
        var retention = new Retention(Duration.ofHours(1), 500, 3_000, 1L << 30);
        return new H2StorageOptions(file, "local", retention, InstantSource.system());
    }

    static LogLimits limits() {
        var journal = new JournalLimits(200, 1 << 20, Duration.ofMillis(200).toNanos(), 256 << 10);
        return new LogLimits(700, 8 << 20, 1_000, 64 << 10, journal);
    }

    static ObjectKey key(int thread, int object) {
        return Objects.pod("t" + thread, "pod-" + object);
    }

    /** Arguments: the data file and a number that makes this run's values its own. */
    public static void main(String[] arguments) throws IOException {
        DurableStorage store =
                H2Storage.open(options(Path.of(arguments[0])), Objects.EXTRACTOR, limits());
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        say(out, "ready");
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            Random random = new Random(Long.parseLong(arguments[1]) * THREADS + t);
            Thread.ofPlatform().start(() -> write(store, out, thread, random, arguments[1]));
        }
    }

    private static void write(
            DurableStorage store, OutputStream out, int thread, Random random, String run) {
        for (int i = 0; ; i++) {
            int object = random.nextInt(OBJECTS);
            ObjectKey key = key(thread, object);
            StoredObject old = store.get(key);
            Type type =
                    old == null ? Type.CREATE : random.nextInt(5) == 0 ? Type.DELETE : Type.UPDATE;
            String app = run + "-" + thread + "-" + i + "-" + "x".repeat(random.nextInt(2500));
            Durability durability = random.nextInt(20) == 0 ? Durability.LAZY : Durability.STRICT;
            if (type == Type.DELETE && !announce(out, thread, object)) {
                return;
            }
            StoredObject done =
                    store.write(
                                    Objects.request(
                                            type,
                                            key,
                                            old == null ? 0 : old.revision(),
                                            app,
                                            durability))
                            .join();
            String what = type == Type.DELETE ? "-" : app;
            try {
                if (durability == Durability.STRICT) {
                    say(out, thread + " " + object + " " + done.revision() + " " + what);
                }
            } catch (IOException e) {
                return; // nobody listens any more
            }
        }
    }

    /** Says that an object is about to go: it may be gone although nobody says that it is. */
    private static boolean announce(OutputStream out, int thread, int object) {
        try {
            say(out, "delete " + thread + " " + object + " .");
            return true;
        } catch (IOException e) {
            return false; // nobody listens any more
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
        synchronized (out) {
            out.write(bytes);
        }
    }
}
