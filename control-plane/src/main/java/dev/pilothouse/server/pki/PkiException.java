package dev.pilothouse.server.pki;

import java.io.IOException;

/**
 * A certificate or key file that cannot be used. The message is one sentence: which file, what is
 * wrong, what to do. Nothing has been overwritten.
 */
public final class PkiException extends IOException {

    private static final long serialVersionUID = 1L;

    PkiException(String message) {
        super(message);
    }

    PkiException(String message, Throwable cause) {
        super(message, cause);
    }
}
