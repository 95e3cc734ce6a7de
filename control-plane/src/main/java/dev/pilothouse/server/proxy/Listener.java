package dev.pilothouse.server.proxy;

import dev.pilothouse.server.node.PodConnection;
import dev.pilothouse.server.proxy.Backends.Backend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listening socket of a port of a Service. Each connection goes to the first endpoint that
 * takes it; while there is none it is reset, which is what a client of a Service without endpoints
 * sees. Connections outlive changes of the endpoints. Thread-safe.
 */
final class Listener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 256;

    private final ServicePort port;
    private final ServerSocket socket;
    private final Backends backends;
    private final Dialer dialer;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;
    private volatile @Nullable Duration affinity;

    private Listener(ServicePort port, ServerSocket socket, Backends backends, Dialer dialer) {
        this.port = port;
        this.socket = socket;
        this.backends = backends;
        this.dialer = dialer;
        acceptor = Thread.ofVirtual().name("service " + port).unstarted(this::accept);
    }

    /**
     * Listens.
     *
     * @throws IOException when the address is taken or not ours to take
     */
    static Listener open(
            ServicePort port, InetAddress address, int number, Backends backends, Dialer dialer)
            throws IOException {
        ServerSocket socket = new ServerSocket(number, BACKLOG, address);
        Listener listener = new Listener(port, socket, backends, dialer);
        listener.acceptor.start();
        return listener;
    }

    /** Where it listens. */
    InetSocketAddress address() {
        return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }

    /** How long a client stays with an endpoint, or null for not at all. */
    void affinity(@Nullable Duration duration) {
        affinity = duration;
    }

    /**
     * Takes no more connections, and ends those that there are. The port is free when this returns:
     * a socket in which a virtual thread waits is closed by that thread, not by who calls close.
     */
    @Override
    public void close() {
        quietly(socket::close);
        try {
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.forEach(connection -> quietly(connection::close));
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                open.add(client);
                Thread.ofVirtual().name("service " + port).start(() -> serve(client));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    LOG.warn("{}: a connection was not accepted: {}", port, e.getMessage());
                    pause();
                }
            }
        }
    }

    private void serve(Socket client) {
        try {
            client.setTcpNoDelay(true);
            PodConnection endpoint = connect(client.getInetAddress());
            if (endpoint == null) {
                client.setSoLinger(true, 0); // a close is a reset then
            } else {
                Carrier.carry(client, endpoint);
            }
        } catch (IOException e) {
            LOG.debug("{}: {}", port, e.getMessage());
        } finally {
            quietly(client::close);
            open.remove(client);
        }
    }

    private @Nullable PodConnection connect(InetAddress client) {
        Duration stay = affinity;
        for (Backend backend : backends.order(port, client, stay)) {
            try {
                PodConnection connection = dialer.dial(backend);
                backends.connected(port, client, stay, backend);
                return connection;
            } catch (IOException e) {
                LOG.debug("{}: {} does not answer: {}", port, backend, e.getMessage());
            }
        }
        return null;
    }

    /** Too many open files pass; spinning until then would not help. */
    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(100));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void quietly(Closing closing) {
        try {
            closing.close();
        } catch (IOException e) {
            LOG.trace("could not be closed", e);
        }
    }

    @FunctionalInterface
    private interface Closing {
        void close() throws IOException;
    }
}
