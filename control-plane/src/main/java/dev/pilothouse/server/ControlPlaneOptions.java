package dev.pilothouse.server;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a control plane is started with. Everything is resolved: paths are absolute, defaults are
 * filled in.
 *
 * @param dataDirectory where the store, the certificates and the kubeconfig live; made when missing
 * @param bindAddress the address to listen on
 * @param port the TCP port to listen on; 0 for any free one
 * @param portRequired whether a taken port is a failure; when false a free port is taken instead
 * @param tokenAuthFile a file of static bearer tokens in kube-apiserver's CSV form, or null
 * @param historyRetention how long overwritten and deleted revisions stay readable at least
 * @param nodes the nodes that the cluster has from the start
 * @param firstRequests for how long nobody must have asked for anything, once the server is ready,
 *     until controllers and nodes start, too, which want the same processors
 */
public record ControlPlaneOptions(
        Path dataDirectory,
        InetAddress bindAddress,
        int port,
        boolean portRequired,
        @Nullable Path tokenAuthFile,
        Duration historyRetention,
        NodeOptions nodes,
        Duration firstRequests) {

    /** The port of a Kubernetes API server. */
    public static final int DEFAULT_PORT = 6443;

    /** A week of history. */
    public static final Duration DEFAULT_HISTORY_RETENTION = Duration.ofDays(7);

    /** Long enough for a client that waits for the server. */
    private static final Duration DEFAULT_FIRST_REQUESTS = Duration.ofMillis(150);

    public ControlPlaneOptions {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be between 0 and 65535, not " + port);
        }
        if (historyRetention.isNegative()) {
            throw new IllegalArgumentException(
                    "history retention must not be negative: " + historyRetention);
        }
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        tokenAuthFile = tokenAuthFile == null ? null : tokenAuthFile.toAbsolutePath().normalize();
    }

    /** With controllers that start soon after the server. */
    public ControlPlaneOptions(
            Path dataDirectory,
            InetAddress bindAddress,
            int port,
            boolean portRequired,
            @Nullable Path tokenAuthFile,
            Duration historyRetention,
            NodeOptions nodes) {
        this(
                dataDirectory,
                bindAddress,
                port,
                portRequired,
                tokenAuthFile,
                historyRetention,
                nodes,
                DEFAULT_FIRST_REQUESTS);
    }

    /** The same with another pause before controllers start. */
    public ControlPlaneOptions withFirstRequests(Duration pause) {
        return new ControlPlaneOptions(
                dataDirectory,
                bindAddress,
                port,
                portRequired,
                tokenAuthFile,
                historyRetention,
                nodes,
                pause);
    }

    /** Loopback, the usual port or a free one, default retention, no token file. */
    public static ControlPlaneOptions defaults(Path dataDirectory) {
        return new ControlPlaneOptions(
                dataDirectory,
                InetAddress.ofLiteral("127.0.0.1"),
                DEFAULT_PORT,
                false,
                null,
                DEFAULT_HISTORY_RETENTION,
                NodeOptions.DEFAULT);
    }
}
