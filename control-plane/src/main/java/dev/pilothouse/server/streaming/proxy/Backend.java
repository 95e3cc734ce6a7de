package dev.pilothouse.server.streaming.proxy;

import dev.pilothouse.server.node.PodConnection;
import java.io.IOException;

/** A server that requests are passed on to. */
public interface Backend {

    /**
     * Opens a connection to it, secured when it wants TLS.
     *
     * @throws IOException when it does not take it
     */
    PodConnection connect() throws IOException;

    /** Host and port, as the Host header and Location headers name them. */
    String authority();
}
