package dev.pilothouse.server.streaming.forward;

import dev.pilothouse.server.node.PodConnection;
import java.io.IOException;

/** Opens connections to ports of one pod. Thread-safe. */
public interface PortConnector {

    /**
     * Opens a connection.
     *
     * @throws IOException when the pod does not take it
     * @throws dev.pilothouse.model.meta.ApiException when the node's agent refuses
     */
    PodConnection connect(int port) throws IOException;

    /** The pod, for messages: its name and uid. */
    String pod();

    /** What is told to the client when a connection does not come about. */
    default String failure(int port, Exception why) {
        return "error forwarding port " + port + " to pod " + pod() + ": " + why.getMessage();
    }
}
