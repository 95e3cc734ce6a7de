package dev.pilothouse.server.streaming.websocket;

import java.io.IOException;

/** The other end breaks the rules of RFC 6455 or the limits of this server. */
public final class WebSocketException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int code;

    WebSocketException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** The close code that tells the other end so. */
    public int code() {
        return code;
    }
}
