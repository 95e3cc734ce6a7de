package dev.pilothouse.server.storage;

import org.jspecify.annotations.Nullable;

/** The disk or the database under the store refused an operation. The message is for people. */
public final class StoreFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what failed in one sentence. */
    public StoreFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
