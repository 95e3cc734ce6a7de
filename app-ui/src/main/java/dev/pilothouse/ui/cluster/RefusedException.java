package dev.pilothouse.ui.cluster;

import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/** The server answered, and the answer is no. The message is for people. */
public final class RefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The code of an answer to a revision or list position the server no longer knows. */
    static final int GONE = 410;

    /** The code of an answer to somebody who may not do that. */
    static final int FORBIDDEN = 403;

    private final int code;
    private final transient ObjectNode status;

    RefusedException(int code, String message, ObjectNode status) {
        super(message);
        this.code = code;
        this.status = status;
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
