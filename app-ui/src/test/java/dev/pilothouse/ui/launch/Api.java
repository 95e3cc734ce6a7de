package dev.pilothouse.ui.launch;

import dev.pilothouse.model.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;

/** Another client of the same server: what it does, the window must show. */
final class Api implements AutoCloseable {

    private final HttpClient client;
    private final URI endpoint;

    Api(URI endpoint, SSLContext tls) {
        this.endpoint = endpoint;
        this.client = HttpClient.newBuilder().sslContext(tls).build();
    }

    void create(String path, String yaml) throws IOException, InterruptedException {
        send("POST", path, yaml, "application/yaml");
    }

    void merge(String path, String json) throws IOException, InterruptedException {
        send("PATCH", path, json, "application/merge-patch+json");
    }

    void delete(String path) throws IOException, InterruptedException {
        send("DELETE", path, "", "application/json");
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve(path)).build();
        return Json.parse(client.send(request, BodyHandlers.ofByteArray()).body());
    }

    /** The HTTP code of a GET. */
    int code(String path) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(endpoint.resolve(path)).build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private void send(String method, String path, String body, String type)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(endpoint.resolve(path))
                        .header("Content-Type", type)
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(method + " " + path + ": " + answer.body());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
