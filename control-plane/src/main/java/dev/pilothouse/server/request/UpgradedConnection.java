package dev.pilothouse.server.request;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * The bytes of a connection after it has changed its protocol. One thread may read while another
 * one writes. Reading waits for the client and ends when it has sent all; writing waits while the
 * client is slow; both throw an {@code IOException} when the client has gone or the server stops.
 */
public interface UpgradedConnection {

    /** What the client sends. */
    InputStream input();

    /** What is sent to the client; only what has been flushed is sure to go out. */
    OutputStream output();
}
