package dev.pilothouse.ui.launch;

import dev.pilothouse.server.ControlPlane;
import dev.pilothouse.server.ControlPlaneOptions;
import dev.pilothouse.server.RunningControlPlane;
import dev.pilothouse.server.pki.ClusterPki;
import dev.pilothouse.ui.cluster.Access;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.HttpCluster;
import dev.pilothouse.ui.settings.Settings;
import java.io.IOException;

/** A control plane in this process and the connection to it. */
final class Session implements AutoCloseable {

    private static final String SETTINGS = "window.json";
    private static final String NAME = "pilothouse";

    private final RunningControlPlane server;
    private final Cluster cluster;
    private final Settings settings;

    private Session(RunningControlPlane server, Cluster cluster, Settings settings) {
        this.server = server;
        this.cluster = cluster;
        this.settings = settings;
    }

    /** Starts a control plane; blocks until it answers. */
    static Session start(ControlPlaneOptions options) throws IOException {
        RunningControlPlane server = ControlPlane.start(options);
        try {
            ClusterPki pki = ClusterPki.load(server.dataDirectory());
            return new Session(
                    server,
                    new HttpCluster(Access.of(NAME, server.endpoint(), pki.adminContext())),
                    Settings.of(server.dataDirectory().resolve(SETTINGS)));
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    Cluster cluster() {
        return cluster;
    }

    /** What the window remembers, beside the store. */
    Settings settings() {
        return settings;
    }

    /** Ends the connection, then the control plane; what was written is on disk. */
    @Override
    public void close() {
        cluster.close();
        settings.close();
        server.close();
    }
}
