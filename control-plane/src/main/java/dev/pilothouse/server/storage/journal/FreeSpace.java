package dev.pilothouse.server.storage.journal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether a disk has room for more. A little is kept free: a write that fails half-way may leave
 * the data file in a state that only a new start mends, one that is not begun does no harm and may
 * be tried again as soon as there is room. Thread-safe.
 */
final class FreeSpace {

    private static final long MIB = 1 << 20;

    /** The journal's files, what waits to be moved from them, and a chunk of the data file. */
    private static final long KEPT = 32 * MIB;

    /** Of a small disk no more than this part is kept. */
    private static final int SMALL_PART = 8;

    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path folder;

    private volatile Finding last = new Finding(null, System.nanoTime() - FRESH_NANOS);

    private record Finding(@Nullable String shortage, long when) {}

    /** Looks at the disk of a folder that exists. */
    FreeSpace(Path folder) {
        this.folder = folder;
    }

    /** Why nothing more should be written, or null when there is room or nobody knows. */
    @Nullable String shortage() {
        Finding found = last;
        long now = System.nanoTime();
        if (now - found.when() >= FRESH_NANOS) {
            found = new Finding(find(), now);
            last = found;
        }
        return found.shortage();
    }

    private @Nullable String find() {
        try {
            FileStore disk = Files.getFileStore(folder);
            return judge(disk.getUsableSpace(), disk.getTotalSpace());
        } catch (IOException e) {
            return null; // the write itself will show what is wrong
        }
    }

    /** What to say of a disk with so many bytes free, of so many. */
    static @Nullable String judge(long usable, long total) {
        long kept = Math.min(KEPT, total / SMALL_PART);
        return usable < kept
                ? "the disk is full but for %d MiB; writes go on as soon as %d MiB are free"
                        .formatted(usable / MIB, (kept + MIB - 1) / MIB)
                : null;
    }
}
