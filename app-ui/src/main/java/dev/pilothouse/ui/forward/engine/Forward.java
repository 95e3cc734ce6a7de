package dev.pilothouse.ui.forward.engine;

import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.i18n.Texts;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open port: each connection to it finds its pod anew, so that pods may come and go. A
 * connection that comes while there is no pod waits for one. Thread-safe.
 */
public final class Forward implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Forward.class);

    /** How long a connection waits for a pod. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long PAUSE = 250;
    private static final Duration RELEASE = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final ForwardSpec spec;
    private final Runnable changed;
    private final ServerSocket server;
    private final Thread acceptor = Thread.ofVirtual().name("forward").unstarted(this::accept);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile String pod = "";
    private volatile String problem = "";
    private volatile boolean closed;
    private volatile @Nullable Target known;

    private Forward(Cluster cluster, ForwardSpec spec, Runnable changed) throws IOException {
        this.cluster = cluster;
        this.spec = spec;
        this.changed = changed;
        server = new ServerSocket();
        try {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), spec.local()));
        } catch (BindException e) {
            server.close();
            throw new IOException(Texts.text("forward.busy", String.valueOf(spec.local())), e);
        }
    }

    /**
     * Opens a port.
     *
     * @param changed told when the state has changed; from any thread
     * @throws IOException when another program has the port; the message is a sentence
     */
    static Forward open(Cluster cluster, ForwardSpec spec, Runnable changed) throws IOException {
        var forward = new Forward(cluster, spec, changed);
        forward.acceptor.start();
        return forward;
    }

    /** This machine's port. */
    public int port() {
        return server.getLocalPort();
    }

    /** The pod that the last connection went to; empty before the first. */
    public String pod() {
        return pod;
    }

    /** Why the last connection failed; empty when it did not. */
    public String problem() {
        return problem;
    }

    /** How many connections are open. */
    public int connections() {
        return open.size();
    }

    /** How many connections there were. */
    public int served() {
        return served.get();
    }

    /** How many bytes went through, both ways. */
    public long bytes() {
        return bytes.get();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket local = server.accept();
                local.setTcpNoDelay(true);
                Thread.ofVirtual().name("forward-connection").start(() -> serve(local));
            } catch (IOException e) {
                LOG.debug("a forwarded port was closed", e);
            }
        }
    }

    private void serve(Socket local) {
        open.add(local);
        served.incrementAndGet();
        changed.run();
        try (local) {
            Tunnel tunnel = connect();
            problem = "";
            changed.run();
            tunnel.copy(local, bytes::addAndGet);
            if (!tunnel.error().isEmpty()) {
                fail(tunnel.error());
            }
        } catch (IOException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(local);
            changed.run();
        }
    }

    private void fail(String reason) {
        if (!closed) {
            known = null;
            problem = reason;
        }
    }

    private Tunnel connect() throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                Target target = known;
                if (target == null) {
                    target = Target.find(cluster, spec);
                }
                Tunnel tunnel = Tunnel.open(cluster, target);
                known = target;
                pod = target.pod();
                return tunnel;
            } catch (IOException e) {
                known = null;
                fail(String.valueOf(e.getMessage()));
                changed.run();
                if (closed || System.nanoTime() - until > 0) {
                    throw e;
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    /** Closes the port and all connections. */
    @Override
    public void close() {
        closed = true;
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
            // The port is free when nobody accepts any more; then it may be opened again.
            acceptor.join(RELEASE);
        } catch (IOException e) {
            LOG.debug("a forwarded port was gone before it was closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
