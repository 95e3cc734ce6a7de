package dev.pilothouse.server.storage.h2;

import dev.pilothouse.server.storage.DurableStorage;
import dev.pilothouse.server.storage.FieldExtractor;
import java.nio.file.Path;

/** The store on H2. */
public final class H2Storage {

    private H2Storage() {}

    /**
     * Opens the store, creating it when there is none.
     *
     * @throws dev.pilothouse.server.storage.StoreLockedException when another process has it open
     * @throws dev.pilothouse.server.storage.StoreCorruptException when the file is damaged
     */
    public static DurableStorage open(H2StorageOptions options, FieldExtractor extractor) {
        throw new UnsupportedOperationException(options + " " + extractor);
    }

    /**
     * Makes a data file from a backup. Revisions of the new store are above any that was handed out
     * before, so that watchers list again and nobody takes old state for new.
     *
     * @param backup the file that {@link DurableStorage#backup} wrote
     * @param options what to open later; the file must not be in use
     * @param overwrite whether a data file that is there already may be replaced
     */
    public static void restore(Path backup, H2StorageOptions options, boolean overwrite) {
        throw new UnsupportedOperationException(backup + " " + options + " " + overwrite);
    }
}
