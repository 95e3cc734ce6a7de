package dev.pilothouse.server.pki;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.server.ControlPlane;
import dev.pilothouse.server.ControlPlaneOptions;
import dev.pilothouse.server.NodeOptions;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server answers to clients with certificates of all sorts. */
final class ClientCertificateTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @TempDir private static Path own;
    @TempDir private static Path foreign;

    private static ControlPlane server;

    @BeforeAll
    static void start() throws Exception {
        server =
                ControlPlane.start(
                        new ControlPlaneOptions(
                                own,
                                LOOPBACK,
                                0,
                                false,
                                null,
                                Duration.ofHours(1),
                                NodeOptions.NONE));
        ClusterPki.open(foreign, ServingNames.of("box", LOOPBACK), Clock.systemUTC());
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @Test
    void administratorIsKnown() throws Exception {
        assertEquals(200, get(own, "admin", "RSA").statusCode());
    }

    @Test
    void certificateOfAnotherAuthorityIsAnswered() throws Exception {
        assertUnauthorized(get(foreign, "admin", "RSA"));
    }

    @Test
    void certificateOfServerIsNoClients() throws Exception {
        assertUnauthorized(get(own, "apiserver", "EC"));
    }

    private static void assertUnauthorized(HttpResponse<String> answer) {
        assertEquals(401, answer.statusCode());
        assertTrue(answer.body().contains("\"reason\":\"Unauthorized\""), answer.body());
    }

    private static HttpResponse<String> get(Path data, String name, String algorithm)
            throws Exception {
        PkiFiles files = new PkiFiles(data);
        OneKey key =
                new OneKey(files.key(name + ".key", algorithm), files.certificate(name + ".crt"));
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(new KeyManager[] {key}, new TrustManager[] {new Careless()}, null);
        try (HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
            return client.send(
                    HttpRequest.newBuilder(server.endpoint().resolve("/api/v1/namespaces")).build(),
                    BodyHandlers.ofString());
        }
    }

    /** Which server answers is not the question. */
    private static final class Careless extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
