package dev.pilothouse.server.streaming.proxy;

import dev.pilothouse.server.node.PodConnection;
import dev.pilothouse.server.request.UpgradeHandler;
import dev.pilothouse.server.request.UpgradedConnection;
import dev.pilothouse.server.streaming.Copying;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies bytes both ways after a backend has changed its protocol.
 *
 * @param in what the backend sends
 * @param backend the connection to it
 */
record ProxiedUpgrade(InputStream in, PodConnection backend) implements UpgradeHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProxiedUpgrade.class);

    @Override
    public void run(UpgradedConnection connection) throws IOException {
        try (backend) {
            Thread.ofVirtual().name("proxy-up").start(() -> send(connection));
            Copying.live(in, connection.output());
        }
    }

    private void send(UpgradedConnection connection) {
        try {
            Copying.live(connection.input(), backend.output());
            backend.shutdownOutput();
        } catch (IOException e) {
            LOG.debug("a proxied connection was broken off", e);
            backend.close();
        }
    }

    @Override
    public void abandon() {
        backend.close();
    }
}
