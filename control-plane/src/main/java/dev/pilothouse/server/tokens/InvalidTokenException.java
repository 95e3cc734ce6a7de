package dev.pilothouse.server.tokens;

/** A token that must not be believed. The message says why and holds no part of the token. */
public final class InvalidTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Not believed for this reason. */
    public InvalidTokenException(String message) {
        super(message);
    }

    InvalidTokenException(String message, Throwable cause) {
        super(message, cause);
    }
}
