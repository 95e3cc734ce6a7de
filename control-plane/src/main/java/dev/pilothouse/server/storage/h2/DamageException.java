package dev.pilothouse.server.storage.h2;

/** Something read from the file is not what was written; becomes a StoreCorruptException. */
final class DamageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong, as part of a sentence. */
    DamageException(String what) {
        super(what);
    }
}
