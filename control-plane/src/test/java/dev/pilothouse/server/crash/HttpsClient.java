package dev.pilothouse.server.crash;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.pki.ClusterPki;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/** The administrator of a data directory, by client certificate. Thread-safe. */
final class HttpsClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http;

    HttpsClient(Path data, Version version) throws IOException {
        http =
                HttpClient.newBuilder()
                        .sslContext(ClusterPki.load(data).adminContext())
                        .version(version)
                        .build();
    }

    /** An answer that arrived whole. */
    record Answer(int status, byte[] body) {

        ObjectNode json() {
            return Json.parseObject(body);
        }

        @Override
        public String toString() {
            return status + " " + new String(body, java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    Answer get(URI url) throws IOException {
        return send(HttpRequest.newBuilder(url).GET());
    }

    Answer send(String method, URI url, String contentType, byte[] body) throws IOException {
        return send(
                HttpRequest.newBuilder(url)
                        .header("Content-Type", contentType)
                        .method(method, BodyPublishers.ofByteArray(body)));
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<byte[]> response =
                    http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
