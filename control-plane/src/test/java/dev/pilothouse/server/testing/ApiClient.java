package dev.pilothouse.server.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilothouse.model.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A plain HTTPS client of one user. Thread-safe. */
public final class ApiClient {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final URI endpoint;
    private final HttpClient http;
    private final String token;

    ApiClient(URI endpoint, HttpClient http, String token) {
        this.endpoint = endpoint;
        this.http = http;
        this.token = token;
    }

    /** The client below, for web sockets and the like. */
    public HttpClient http() {
        return http;
    }

    /** Gets a path. */
    public Answer get(String path, String... headers) {
        return send("GET", path, new byte[0], headers);
    }

    /** Deletes a path without a body. */
    public Answer delete(String path) {
        return send("DELETE", path, new byte[0]);
    }

    /** Posts JSON. */
    public Answer post(String path, String json) {
        return send("POST", path, utf8(json), "Content-Type", "application/json");
    }

    /** Puts JSON. */
    public Answer put(String path, String json) {
        return send("PUT", path, utf8(json), "Content-Type", "application/json");
    }

    /** Sends a patch of this content type. */
    public Answer patch(String path, String contentType, String patch) {
        return send("PATCH", path, utf8(patch), "Content-Type", contentType);
    }

    /** Posts what must be stored, and returns the object. */
    public ObjectNode create(String path, JsonNode object) {
        Answer answer = post(path, Json.string(object));
        assertTrue(answer.status() == 201, answer::toString);
        return answer.json();
    }

    /** Sends a request and reads the whole answer. */
    public Answer send(String method, String path, byte[] body, String... headers) {
        try {
            HttpResponse<byte[]> response =
                    http.send(
                            request(method, path, body, headers).timeout(PATIENCE).build(),
                            BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts a request whose answer is a stream; the caller closes it. */
    public HttpResponse<InputStream> open(String path, String... headers) {
        try {
            return http.send(
                    request("GET", path, new byte[0], headers).build(),
                    BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(
            String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(endpoint + path))
                        .method(
                                method,
                                body.length == 0
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
