package dev.pilothouse.server;

import java.io.IOException;
import java.nio.file.Path;

/** Work on the files of a store that no control plane has open. */
public interface StoreTool {

    /**
     * Writes a consistent backup of the store in a data directory.
     *
     * @param dataDirectory the data directory of a control plane that is not running
     * @param target the backup file; must not exist
     * @throws IOException when there is no store, it is open elsewhere, or the target cannot be
     *     written; the message is one sentence
     */
    void backup(Path dataDirectory, Path target) throws IOException;

    /**
     * Puts a backup in place of the store in a data directory. The backup is read and checked whole
     * before anything is replaced.
     *
     * @param backup a file written by {@link #backup} or by a running server
     * @param dataDirectory the data directory of a control plane that is not running
     * @param force whether an existing store may be replaced
     * @throws IOException when the backup is not one, the store is open elsewhere, or a store
     *     exists and force is false; the message is one sentence
     */
    void restore(Path backup, Path dataDirectory, boolean force) throws IOException;
}
