package dev.pilothouse.server.kubelet.cri;

import org.jspecify.annotations.Nullable;

/** A runtime could not do what it was asked; the message is for people. */
public final class CriException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of failure it is. */
    public enum Code {
        NOT_FOUND,
        INVALID_ARGUMENT,
        UNIMPLEMENTED,
        INTERNAL
    }

    private final Code code;

    /** A failure. */
    public CriException(Code code, String message) {
        this(code, message, null);
    }

    /** A failure with its cause. */
    public CriException(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** What kind of failure it is. */
    public Code code() {
        return code;
    }

    /** The message, never null. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
