package dev.pilothouse.server.storage;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the data file holds is not what was written to it. The message is for people: it names the
 * file, what is wrong with it, and the newest backup to restore from.
 */
public final class StoreCorruptException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final transient @Nullable Path newestBackup;

    /**
     * Describes the damage.
     *
     * @param file the damaged file
     * @param what what is wrong, as part of a sentence
     * @param newestBackup the newest backup found, null when there is none
     * @param cause what the database said
     */
    public StoreCorruptException(
            Path file, String what, @Nullable Path newestBackup, @Nullable Throwable cause) {
        super(sentence(file, what, newestBackup), cause);
        this.file = file;
        this.newestBackup = newestBackup;
    }

    /** The damaged file. */
    public Path file() {
        return file;
    }

    /** The newest backup, or null. */
    public @Nullable Path newestBackup() {
        return newestBackup;
    }

    private static String sentence(Path file, String what, @Nullable Path newestBackup) {
        String remedy =
                newestBackup == null
                        ? "No backup was found beside it; move the file away to start empty."
                        : "Restore the newest backup, " + newestBackup + ".";
        return "The data file " + file + " is damaged: " + what + ". " + remedy;
    }
}
