package dev.pilothouse.server.streaming.spdy;

import java.io.IOException;

/** The other end breaks the rules of SPDY or the limits of this server. */
public final class SpdyException extends IOException {

    private static final long serialVersionUID = 1L;

    SpdyException(String message) {
        super(message);
    }
}
