package dev.pilothouse.server.storage;

import org.jspecify.annotations.Nullable;

/** A write expected another revision of the object than the one there is. */
public final class RevisionConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable StoredObject current;

    /** The object as it is now, null when it does not exist. */
    public RevisionConflictException(@Nullable StoredObject current) {
        super("revision conflict", null, false, false);
        this.current = current;
    }

    /** The object as it is now, null when it does not exist. */
    public @Nullable StoredObject current() {
        return current;
    }
}
