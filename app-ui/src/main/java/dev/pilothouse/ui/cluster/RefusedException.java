package dev.pilothouse.ui.cluster;

import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/** The server answered, and the answer is no. The message is for people. */
public final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The code of an answer to a revision or list position the server no longer knows. */
    static final int GONE = 410;

    /** The request cannot be understood. */
    public static final int BAD_REQUEST = 400;

    /** The code of an answer to somebody who may not do that. */
    static final int FORBIDDEN = 403;

    /** The code of an answer to somebody whom the server does not know, or no longer. */
    static final int UNAUTHORIZED = 401;

    /** The code of an answer to one request too many. */
    static final int TOO_MANY = 429;

    private final int code;
    private final transient ObjectNode status;
    private final int retryAfter;

    RefusedException(int code, String message, ObjectNode status, int retryAfter) {
        super(message);
        this.code = code;
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** The seconds that the server asks to wait before the next try; 0 when it asks not. */
    int retryAfter() {
        return retryAfter;
    }

    /** The server's Status with reason and causes; empty when it sent none. */
    public ObjectNode status() {
        return status;
    }

    /** The HTTP status code. */
    public int code() {
        return code;
    }
}
