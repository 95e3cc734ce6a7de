package dev.pilothouse.server.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterPkiTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final ServingNames NAMES = ServingNames.of("box.example", LOOPBACK);

    /** Two clusters made once; RSA keys take their time. */
    @TempDir private static Path made;

    @TempDir private static Path otherMade;

    @TempDir private Path data;

    @BeforeAll
    static void make() throws IOException {
        ClusterPki.open(made, NAMES, Clock.systemUTC());
        ClusterPki.open(otherMade, NAMES, Clock.systemUTC());
    }

    @BeforeEach
    void copy() throws IOException {
        copy(made, data);
    }

    private static void copy(Path from, Path to) throws IOException {
        Path target = Files.createDirectory(to.resolve("pki"));
        try (var files = Files.list(from.resolve("pki"))) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        target.resolve(file.getFileName()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @Test
    void administratorAndServerTrustEachOther() throws Exception {
        ClusterPki pki = ClusterPki.open(data, NAMES, Clock.systemUTC());

        SSLSession session = handshake(pki, ClusterPki.load(data), "localhost");

        X509Certificate peer = (X509Certificate) session.getPeerCertificates()[0];
        assertEquals(
                "CN=kubernetes-admin,O=system:masters", peer.getSubjectX500Principal().getName());
    }

    @Test
    void refusesClientOfAnotherCluster() throws Exception {
        ClusterPki pki = ClusterPki.open(data, NAMES, Clock.systemUTC());
        ClusterPki stranger = ClusterPki.open(otherMade, NAMES, Clock.systemUTC());

        assertThrows(IOException.class, () -> handshake(pki, stranger, "localhost"));
    }

    @Test
    void keepsFilesThatAreGood() throws IOException {
        ClusterPki.open(data, NAMES, Clock.systemUTC());
        String before = all();

        ClusterPki.open(data, NAMES, Clock.systemUTC());

        assertEquals(before, all());
    }

    @Test
    void keepsKeysFromOtherUsers() throws IOException {
        ClusterPki.open(data, NAMES, Clock.systemUTC());

        for (String key : new String[] {"ca.key", "apiserver.key", "admin.key"}) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(data.resolve("pki").resolve(key))));
        }
    }

    @Test
    void renewsLeavesThatEndWithinThirtyDays() throws IOException {
        ClusterPki.open(data, NAMES, Clock.systemUTC());
        String authority = read("ca.crt");
        String serving = read("apiserver.crt");
        String admin = read("admin.crt");

        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(340));
        ClusterPki.open(data, NAMES, later);

        assertEquals(authority, read("ca.crt"));
        assertNotEquals(serving, read("apiserver.crt"));
        assertNotEquals(admin, read("admin.crt"));
    }

    @Test
    void renewsServingCertificateForNewNameOnly() throws Exception {
        ClusterPki.open(data, NAMES, Clock.systemUTC());
        String serving = read("apiserver.crt");
        String admin = read("admin.crt");

        ServingNames renamed = ServingNames.of("newbox", InetAddress.ofLiteral("192.0.2.7"));
        ClusterPki.open(data, renamed, Clock.systemUTC());

        assertNotEquals(serving, read("apiserver.crt"));
        assertEquals(admin, read("admin.crt"));
        assertTrue(renamed.coveredBy(Pem.certificate(read("apiserver.crt"))));
    }

    @Test
    void namesHostsThatClientsUse() throws Exception {
        ClusterPki.open(data, NAMES, Clock.systemUTC());

        String names =
                Pem.certificate(read("apiserver.crt")).getSubjectAlternativeNames().toString();

        for (String name :
                new String[] {
                    "localhost",
                    "kubernetes.default.svc",
                    "10.96.0.1",
                    "box.example",
                    "host.docker.internal",
                    "127.0.0.1",
                    "0:0:0:0:0:0:0:1"
                }) {
            assertTrue(names.contains(name), name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca.crt", "ca.key"})
    void refusesToReplaceHalfAnAuthority(String file) throws IOException {
        ClusterPki.open(data, NAMES, Clock.systemUTC());
        Files.delete(data.resolve("pki").resolve(file));

        assertRefused(file, "missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ca.crt", "ca.key", "apiserver.crt", "admin.key"})
    void namesBrokenFileAndLeavesEverything(String file) throws IOException {
        ClusterPki.open(data, NAMES, Clock.systemUTC());
        Files.writeString(data.resolve("pki").resolve(file), "garbage");

        assertRefused(file, "is not");
    }

    @Test
    void refusesKeyOfAnotherAuthority() throws IOException {
        ClusterPki.open(data, NAMES, Clock.systemUTC());
        ClusterPki.open(otherMade, NAMES, Clock.systemUTC());
        Files.writeString(
                data.resolve("pki/ca.key"), Files.readString(otherMade.resolve("pki/ca.key")));

        assertRefused("ca.key", "does not belong");
    }

    @Test
    void refusesLeavesOfAnotherAuthority() throws IOException {
        ClusterPki.open(data, NAMES, Clock.systemUTC());
        ClusterPki.open(otherMade, NAMES, Clock.systemUTC());
        for (String file : new String[] {"apiserver.crt", "apiserver.key"}) {
            Files.writeString(
                    data.resolve("pki").resolve(file),
                    Files.readString(otherMade.resolve("pki").resolve(file)));
        }

        assertRefused("apiserver.crt", "was not issued by");
    }

    @Test
    void saysThatAuthorityHasExpired() throws IOException {
        ClusterPki.open(data, NAMES, Clock.systemUTC());
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(3651));

        PkiException refused =
                assertThrows(PkiException.class, () -> ClusterPki.open(data, NAMES, later));

        assertTrue(refused.getMessage().contains("ca.crt expired on"), refused.getMessage());
    }

    @Test
    void leavesOutHostNamesThatAreNotDnsNames() {
        ServingNames names = ServingNames.of("My_Laptop's name\n", LOOPBACK);

        assertTrue(names.dnsNames().stream().noneMatch(name -> name.contains("laptop")));
    }

    private void assertRefused(String file, String reason) throws IOException {
        String before = all();
        PkiException refused =
                assertThrows(
                        PkiException.class, () -> ClusterPki.open(data, NAMES, Clock.systemUTC()));
        assertTrue(refused.getMessage().contains(file), refused.getMessage());
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
        assertEquals(before, all());
    }

    private String read(String file) throws IOException {
        return Files.readString(data.resolve("pki").resolve(file));
    }

    private String all() throws IOException {
        var text = new StringBuilder();
        try (var files = Files.list(data.resolve("pki"))) {
            for (Path file : files.sorted().toList()) {
                text.append(file.getFileName()).append('\n').append(Files.readString(file));
            }
        }
        return text.toString();
    }

    /** The server's view of a connection from the administrator of a cluster. */
    private static SSLSession handshake(ClusterPki server, ClusterPki client, String host)
            throws Exception {
        try (SSLServerSocket listener =
                (SSLServerSocket)
                        server.serverContext()
                                .getServerSocketFactory()
                                .createServerSocket(0, 1, LOOPBACK)) {
            listener.setNeedClientAuth(true);
            Callable<SSLSession> accept =
                    () -> {
                        try (SSLSocket socket = (SSLSocket) listener.accept()) {
                            socket.startHandshake();
                            socket.getOutputStream().write(1);
                            return socket.getSession();
                        }
                    };
            var accepted = new FutureTask<>(accept);
            Thread.ofVirtual().start(accepted);
            try (SSLSocket socket =
                    (SSLSocket)
                            client.adminContext()
                                    .getSocketFactory()
                                    .createSocket(host, listener.getLocalPort())) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                assertEquals(1, socket.getInputStream().read());
            }
            return accepted.get();
        }
    }
}
