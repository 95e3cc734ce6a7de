package dev.pilothouse.server.storage.h2;

import dev.pilothouse.server.storage.LogRecord;
import dev.pilothouse.server.storage.StoreFailedException;
import dev.pilothouse.server.storage.journal.DiskJournalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a data file from a backup: beside the place it will have, then moved there. */
final class Restore implements BackupFile.Reader {

    private static final int BATCH = 1024;

    /** Far more than is written between a backup and its restoration in most cases. */
    private static final long MARGIN = 1_000_000;

    /**
     * Revisions per millisecond since 1970. As no store writes as fast as that, a restoration gets
     * higher numbers than whatever was written before it, even after an earlier restoration of the
     * same backup.
     */
    private static final long PER_MILLISECOND = 16;

    private final H2StorageOptions options;
    private final Path temporary;
    private final List<LogRecord> batch = new ArrayList<>();
    private @Nullable H2RevisionLog log;
    private BackupFile.@Nullable Header header;

    private Restore(H2StorageOptions options, Path temporary) {
        this.options = options;
        this.temporary = temporary;
    }

    static void run(Path backup, H2StorageOptions options, boolean overwrite, Path data) {
        try (StoreLock _ = StoreLock.take(options.file(), options.clock().instant())) {
            if (Files.exists(data) && !overwrite) {
                throw new StoreFailedException(
                        "The data file " + data + " exists already and is not to be replaced.",
                        null);
            }
            Path temporary =
                    options.file().resolveSibling(options.file().getFileName() + ".restoring");
            Path made = temporary.resolveSibling(temporary.getFileName() + ".mv.db");
            Files.deleteIfExists(made);
            new Restore(options, temporary).readAll(backup);
            Files.move(made, data, StandardCopyOption.REPLACE_EXISTING);
            new DiskJournalFiles(options.file()).delete(); // it belonged to what was replaced
        } catch (IOException e) {
            throw new StoreFailedException(
                    "The backup " + backup + " could not be restored: " + DiskTrouble.says(e), e);
        }
    }

    private void readAll(Path backup) {
        boolean complete = false;
        try {
            BackupFile.read(backup, this);
            finish();
            complete = true;
        } finally {
            if (log != null && !complete) {
                log.abandon();
            }
        }
    }

    @Override
    public Row header(BackupFile.Header found) {
        header = found;
        var into =
                new H2StorageOptions(
                        temporary, found.cluster(), options.retention(), options.clock());
        String path = OrderedFilePath.SCHEME + ":" + temporary.toString().replace('\\', '/');
        H2RevisionLog made = new H2RevisionLog(into, path, true, LogLimits.DEFAULT);
        made.adopt(found);
        log = made;
        return new Row(found.cluster());
    }

    @Override
    public void row(LogRecord row) {
        batch.add(row);
        if (batch.size() == BATCH) {
            append();
        }
    }

    private void append() {
        H2RevisionLog into = log;
        if (into != null && !batch.isEmpty()) {
            into.append(batch);
            batch.clear();
        }
    }

    private void finish() {
        append();
        H2RevisionLog made = log;
        BackupFile.Header from = header;
        if (made != null && from != null) {
            long byTime = options.clock().millis() * PER_MILLISECOND;
            made.skip(from.revision(), Math.max(from.revision() + MARGIN, byTime));
            made.close();
        }
    }
}
