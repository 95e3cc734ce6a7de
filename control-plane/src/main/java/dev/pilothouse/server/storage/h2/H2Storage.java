package dev.pilothouse.server.storage.h2;

import dev.pilothouse.server.storage.DurableStorage;
import dev.pilothouse.server.storage.FieldExtractor;
import dev.pilothouse.server.storage.RevisionLog;
import dev.pilothouse.server.storage.StoreFailedException;
import dev.pilothouse.server.storage.cache.VersionedStore;
import dev.pilothouse.server.storage.journal.DiskJournalFiles;
import dev.pilothouse.server.storage.journal.JournalFiles;
import dev.pilothouse.server.storage.journal.JournaledLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The store on H2. */
public final class H2Storage {

    private static final String ENDING = ".mv.db";

    private H2Storage() {}

    /**
     * Opens the store, creating it when there is none.
     *
     * @throws dev.pilothouse.server.storage.StoreLockedException when another process has it open
     * @throws dev.pilothouse.server.storage.StoreCorruptException when the file is damaged
     * @throws StoreFailedException when the disk or the file's permissions forbid it
     */
    public static DurableStorage open(H2StorageOptions options, FieldExtractor extractor) {
        return open(options, extractor, LogLimits.DEFAULT);
    }

    static DurableStorage open(
            H2StorageOptions options, FieldExtractor extractor, LogLimits limits) {
        StoreLock lock = StoreLock.take(options.file(), options.clock().instant());
        RevisionLog log = null;
        try {
            log = openLog(options, limits, lock::close);
            return VersionedStore.open(log, extractor, options.clock());
        } catch (RuntimeException | Error e) {
            if (log == null) {
                lock.close();
            } else {
                log.abandon();
            }
            throw e;
        }
    }

    /**
     * Opens the log. While a new file is made a marker lies beside it: after a crash in that time
     * there is nothing in the file yet, and it is made again.
     */
    private static RevisionLog openLog(
            H2StorageOptions options, LogLimits limits, Runnable onClose) {
        Path data = withEnding(options.file(), ENDING);
        Path marker = withEnding(options.file(), ".creating");
        try {
            if (Files.exists(marker)) {
                Files.deleteIfExists(data);
            }
            Compaction.forget(options.file());
            boolean fresh = !Files.exists(data);
            if (fresh && !Files.exists(marker)) {
                Files.createFile(marker);
            }
            String path =
                    OrderedFilePath.SCHEME + ":" + options.file().toString().replace('\\', '/');
            H2RevisionLog log = new H2RevisionLog(options, path, fresh, limits);
            Files.deleteIfExists(marker);
            JournalFiles files = new DiskJournalFiles(options.file());
            return new JournaledLog(log, files, limits.journal(), onClose);
        } catch (IOException e) {
            throw new StoreFailedException(
                    "The data file " + data + " cannot be used: " + DiskTrouble.says(e), e);
        }
    }

    private static Path withEnding(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    /**
     * Makes a data file from a backup. Revisions of the new store are above any that was handed out
     * before, so that watchers list again and nobody takes old state for new.
     *
     * @param backup the file that {@link DurableStorage#backup} wrote
     * @param options what to open later; the file must not be in use
     * @param overwrite whether a data file that is there already may be replaced
     * @throws dev.pilothouse.server.storage.StoreCorruptException when the backup is damaged
     * @throws StoreFailedException when there is a data file already, or the disk refuses
     */
    public static void restore(Path backup, H2StorageOptions options, boolean overwrite) {
        Restore.run(backup, options, overwrite, withEnding(options.file(), ENDING));
    }
}
