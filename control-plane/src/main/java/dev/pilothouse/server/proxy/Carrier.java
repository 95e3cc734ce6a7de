package dev.pilothouse.server.proxy;

import dev.pilothouse.server.node.PodConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries bytes between a client and an endpoint, both ways at once, until both have ended. An end
 * of one direction is passed on and leaves the other open, as TCP has it.
 */
final class Carrier {

    private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);
    private static final int BUFFER = 64 << 10;

    private Carrier() {}

    /** Carries on the calling thread and one more; closes both when done. */
    static void carry(Socket client, PodConnection endpoint) {
        try (client;
                endpoint) {
            Thread back = Thread.ofVirtual().start(() -> back(client, endpoint));
            try {
                copy(client.getInputStream(), endpoint.output());
                endpoint.shutdownOutput();
                back.join();
            } finally {
                // Whatever went wrong here, the other direction must not wait for ever.
                if (back.isAlive()) {
                    endpoint.close();
                    client.close();
                }
            }
        } catch (IOException e) {
            LOG.trace("a connection broke", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void back(Socket client, PodConnection endpoint) {
        try {
            copy(endpoint.input(), client.getOutputStream());
            client.shutdownOutput();
        } catch (IOException e) {
            LOG.trace("a connection broke", e);
            try {
                client.close();
            } catch (IOException suppressed) {
                LOG.trace("a connection broke twice", suppressed);
            }
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
            out.flush();
        }
    }
}
