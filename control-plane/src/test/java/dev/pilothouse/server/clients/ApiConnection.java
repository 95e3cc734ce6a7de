package dev.pilothouse.server.clients;

import dev.pilothouse.model.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Sends the requests of the API document as a bearer of a token. */
final class ApiConnection implements AutoCloseable {

    private static final Pattern AUTHORITY =
            Pattern.compile("certificate-authority-data: \"?([A-Za-z0-9+/=]+)");

    private final HttpClient http;
    private final String server;
    private final String token;

    ApiConnection(ServerProcess server, String token) throws IOException, GeneralSecurityException {
        this.server = server.url();
        this.token = token;
        this.http = HttpClient.newBuilder().sslContext(trust(server.kubeconfig())).build();
    }

    /**
     * An answer.
     *
     * @param response status and headers
     * @param body the body as JSON
     */
    record Answer(HttpResponse<String> response, JsonNode body) {

        int status() {
            return response.statusCode();
        }

        String text(String... path) {
            return Json.text(body, path);
        }

        @Nullable JsonNode at(String... path) {
            return Json.at(body, path);
        }
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, null, null);
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, null, null);
    }

    /** POST of a JSON file of the document. */
    Answer post(String path, String file) throws IOException, InterruptedException {
        return send("POST", path, "application/json", file(file));
    }

    /** PATCH of a JSON file of the document; without a content type when that is null. */
    Answer patch(String path, @Nullable String contentType, String file)
            throws IOException, InterruptedException {
        return send("PATCH", path, contentType, file(file));
    }

    Answer send(String method, String path, @Nullable String contentType, @Nullable String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        request.method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(response, Json.parse(response.body()));
    }

    /** The events of a watch, line by line; close it to end the watch. */
    Stream<JsonNode> watch(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofLines()).body().map(Json::parse);
    }

    static String file(String name) throws IOException {
        try (InputStream in =
                ApiConnection.class.getResourceAsStream("api-document/" + name + ".json")) {
            if (in == null) {
                throw new IOException("no file " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token);
    }

    private static SSLContext trust(Path kubeconfig) throws IOException, GeneralSecurityException {
        Matcher authority = AUTHORITY.matcher(Files.readString(kubeconfig));
        if (!authority.find()) {
            throw new IOException("no certificate authority in " + kubeconfig);
        }
        byte[] pem = Base64.getDecoder().decode(authority.group(1));
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry(
                "authority",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pem)));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
