package dev.pilothouse.server.request;

import java.io.OutputStream;

/**
 * What goes to a client as it is written. What is flushed is sent at once; a write waits while the
 * client is slow, and throws an {@code IOException} when it has gone.
 */
public abstract class ClientOutput extends OutputStream {

    /**
     * Sets what to run once when nobody wants the rest any more, because the client has gone or the
     * server stops. Runs at once when that is so already, else on a thread that must not be
     * blocked.
     */
    public abstract void onGone(Runnable task);
}
