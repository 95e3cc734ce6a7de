package dev.pilothouse.model.client;

import java.io.IOException;

/**
 * The server could not be reached, or the connection broke. The request may or may not have had its
 * effect.
 */
public final class TransportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TransportException(String message, IOException cause) {
        super(message, cause);
    }
}
