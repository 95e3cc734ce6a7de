package dev.pilothouse.server.testing;

import dev.pilothouse.server.ControlPlane;
import dev.pilothouse.server.ControlPlaneOptions;
import dev.pilothouse.server.NodeOptions;
import dev.pilothouse.server.node.NodeAgents;
import dev.pilothouse.server.pki.ClusterPki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A control plane on a free port with a data directory of its own, and HTTPS clients for its users.
 * Share one per test class; closing it deletes the directory. Thread-safe.
 */
public final class RunningServer implements AutoCloseable {

    /** The token of a user without any rights. */
    public static final String READER_TOKEN = "reader-token";

    /** The token of a member of {@code system:masters}. */
    public static final String MASTER_TOKEN = "master-token";

    private final Path directory;
    private final boolean temporary;
    private volatile ControlPlane control;
    private final List<HttpClient> clients = new ArrayList<>();
    private final SSLContext trustOnly;
    private final ApiClient admin;

    private RunningServer(Path directory, boolean temporary, ControlPlane control)
            throws IOException {
        this.directory = directory;
        this.temporary = temporary;
        this.control = control;
        ClusterPki pki = ClusterPki.load(control.dataDirectory());
        this.trustOnly = trusting(pki);
        this.admin =
                new ApiClient(control.endpoint(), http(pki.adminContext(), Version.HTTP_2), "");
    }

    /** Starts a server. */
    public static RunningServer start() {
        try {
            return startIn(Files.createTempDirectory("pilothouse-test"), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a server in this directory; what is in it stays when the server is closed. */
    public static RunningServer startIn(Path directory) {
        return startIn(directory, false);
    }

    private static RunningServer startIn(Path directory, boolean temporary) {
        try {
            Files.createDirectories(directory);
            Path tokens = directory.resolve("tokens.csv");
            Files.writeString(
                    tokens,
                    READER_TOKEN
                            + ",reader,1,readers\n"
                            + MASTER_TOKEN
                            + ",master,2,system:masters\n");
            return new RunningServer(
                    directory, temporary, ControlPlane.start(options(directory, 0)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server and starts it again on the same port and data: what a crash looks like. */
    public void restart() {
        int port = endpoint().getPort();
        control.close();
        try {
            control = ControlPlane.start(options(directory, port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ControlPlaneOptions options(Path directory, int port) {
        return new ControlPlaneOptions(
                directory.resolve("data"),
                InetAddress.ofLiteral("127.0.0.1"),
                port,
                true,
                directory.resolve("tokens.csv"),
                ControlPlaneOptions.DEFAULT_HISTORY_RETENTION,
                NodeOptions.NONE);
    }

    /** Where the server listens. */
    public URI endpoint() {
        return control.endpoint();
    }

    /** Where agents of nodes make themselves known. */
    public NodeAgents agents() {
        return control.agents();
    }

    /** The kubeconfig that the server wrote. */
    public Path kubeconfig() {
        return control.kubeconfig();
    }

    /** The server's data directory. */
    public Path dataDirectory() {
        return control.dataDirectory();
    }

    /** The administrator of the kubeconfig, by client certificate over HTTP/2. */
    public ApiClient admin() {
        return admin;
    }

    /** The administrator over HTTP/1.1. */
    public ApiClient adminHttp1() throws IOException {
        return new ApiClient(
                endpoint(),
                http(ClusterPki.load(dataDirectory()).adminContext(), Version.HTTP_1_1),
                "");
    }

    /** A client without credentials. */
    public ApiClient anonymous() {
        return token("");
    }

    /** A client with a bearer token. */
    public ApiClient token(String token) {
        return new ApiClient(endpoint(), http(trustOnly, Version.HTTP_2), token);
    }

    /** A client whose TLS is set up by the test. */
    public ApiClient with(SSLContext tls) {
        return new ApiClient(endpoint(), http(tls, Version.HTTP_1_1), "");
    }

    /** Trusts the server's authority and has no client certificate. */
    public SSLContext trustOnly() {
        return trustOnly;
    }

    @Override
    public void close() {
        synchronized (clients) {
            clients.forEach(HttpClient::shutdownNow);
        }
        control.close();
        if (!temporary) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpClient http(SSLContext tls, Version version) {
        HttpClient client = HttpClient.newBuilder().sslContext(tls).version(version).build();
        synchronized (clients) {
            clients.add(client);
        }
        return client;
    }

    private static SSLContext trusting(ClusterPki pki) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("ca", pki.authority());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
