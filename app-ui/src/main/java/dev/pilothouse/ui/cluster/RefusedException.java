package dev.pilothouse.ui.cluster;

import java.io.IOException;

/** The server answered, and the answer is no. The message is for people. */
public final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The code of an answer to a revision or list position the server no longer knows. */
    static final int GONE = 410;

    private final int code;

    RefusedException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** The HTTP status code. */
    public int code() {
        return code;
    }
}
