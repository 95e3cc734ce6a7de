package dev.pilothouse.server.storage;

import java.nio.file.Path;

/** Another process has the data file open. */
public final class StoreLockedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String owner;

    /**
     * Says who holds the file.
     *
     * @param file the data file
     * @param owner who holds it, for people, for example {@code process 4711, started at ...}
     */
    public StoreLockedException(Path file, String owner) {
        super("The data file " + file + " is in use by " + owner + ". Stop that one first.");
        this.owner = owner;
    }

    /** Who holds the file, for people. */
    public String owner() {
        return owner;
    }
}
