package dev.pilothouse.server;

import dev.pilothouse.model.codec.ObjectDecoder;
import dev.pilothouse.model.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Starts a control plane on a free port and talks to it as its administrator. */
final class ApiClient implements AutoCloseable {

    private static final String TOKEN = "test-token";

    /**
     * An answer.
     *
     * @param code HTTP status
     * @param body the JSON body
     * @param warnings texts of the Warning headers
     */
    record Answer(int code, ObjectNode body, List<String> warnings) {

        String text(String... path) {
            return Json.text(body, path);
        }

        JsonNode at(String... path) {
            JsonNode node = Json.at(body, path);
            return node == null ? Json.object() : node;
        }
    }

    private final ControlPlane server;
    private final HttpClient http;

    private ApiClient(ControlPlane server, HttpClient http) {
        this.server = server;
        this.http = http;
    }

    static ApiClient start(Path directory) throws IOException, GeneralSecurityException {
        Path tokens = directory.resolve("tokens.csv");
        Files.writeString(tokens, TOKEN + ",admin,1,\"system:masters\"\n");
        ControlPlane server =
                ControlPlane.start(
                        new ControlPlaneOptions(
                                directory.resolve("data"),
                                InetAddress.ofLiteral("127.0.0.1"),
                                0,
                                false,
                                tokens,
                                ControlPlaneOptions.DEFAULT_HISTORY_RETENTION,
                                NodeOptions.NONE));
        return new ApiClient(
                server, HttpClient.newBuilder().sslContext(trusting(server.kubeconfig())).build());
    }

    private static SSLContext trusting(Path kubeconfig)
            throws IOException, GeneralSecurityException {
        ObjectNode config = ObjectDecoder.decodeYaml(Files.readAllBytes(kubeconfig)).object();
        String data =
                Json.text(
                        Json.objects(config, "clusters").getFirst(),
                        "cluster",
                        "certificate-authority-data");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(Base64.getDecoder().decode(data))));
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, "application/json", null);
    }

    Answer post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, "application/json", body);
    }

    Answer put(String path, String body) throws IOException, InterruptedException {
        return send("PUT", path, "application/json", body);
    }

    Answer merge(String path, String body) throws IOException, InterruptedException {
        return send("PATCH", path, "application/merge-patch+json", body);
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, "application/json", null);
    }

    /** Sends a request; single quotes in the body stand for double ones. */
    Answer send(String method, String path, String contentType, String body)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                http.send(
                        request(method, path, contentType, body),
                        HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(
                response.statusCode(),
                Json.parseObject(response.body()),
                response.headers().allValues("warning"));
    }

    /** Asks for a table, as kubectl does. */
    Answer table(String path) throws IOException, InterruptedException {
        HttpRequest plain = request("GET", path, "application/json", null);
        HttpRequest request =
                HttpRequest.newBuilder(plain, (name, _) -> !name.equalsIgnoreCase("accept"))
                        .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                        .build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), Json.parseObject(response.body()), List.of());
    }

    /** Opens a watch; the lines of its stream. */
    Stream<String> watch(String path) throws IOException, InterruptedException {
        return http.send(
                        request("GET", path, "application/json", null),
                        HttpResponse.BodyHandlers.ofLines())
                .body();
    }

    private HttpRequest request(String method, String path, String contentType, String body) {
        var publisher =
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'));
        return HttpRequest.newBuilder(URI.create(server.endpoint() + path))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Accept", "application/json")
                .header("Content-Type", contentType)
                .method(method, publisher)
                .build();
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
