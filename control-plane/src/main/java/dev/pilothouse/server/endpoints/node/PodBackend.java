package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.server.node.PodConnection;
import dev.pilothouse.server.streaming.proxy.Backend;
import java.io.IOException;

/**
 * A port of a pod, reached through its node's agent.
 *
 * @param target the pod
 * @param port the port
 * @param tls whether it speaks TLS
 * @param authority host and port, for headers
 */
record PodBackend(PodTarget target, int port, boolean tls, String authority) implements Backend {

    @Override
    public PodConnection connect() throws IOException {
        PodConnection plain = target.agent().connect(target.ref(), port);
        return tls ? TlsConnection.over(plain) : plain;
    }
}
