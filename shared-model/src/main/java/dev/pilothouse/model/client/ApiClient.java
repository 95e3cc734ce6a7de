package dev.pilothouse.model.client;

import dev.pilothouse.model.client.Transport.LineStream;
import dev.pilothouse.model.client.Transport.Request;
import dev.pilothouse.model.client.Transport.Response;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client of one API server. Requests that the server asks to send again later (429 and 5xx with
 * Retry-After) are sent again after the time it says, at most ten times. Thread-safe; calls block.
 *
 * <p>Source of the retries: client-go's rest.Request with its default of ten.
 */
public final class ApiClient {

    private static final int MAX_RETRIES = 10;
    private static final byte[] NO_BODY = {};

    private final Transport transport;
    private final Pause pause;

    /** Waits between attempts. */
    @FunctionalInterface
    interface Pause {
        void pause(Duration duration) throws InterruptedException;
    }

    /** A client over this transport. */
    public ApiClient(Transport transport) {
        this(transport, Thread::sleep);
    }

    ApiClient(Transport transport, Pause pause) {
        this.transport = transport;
        this.pause = pause;
    }

    /** The objects of a resource, whole. */
    public ResourceClient resource(GroupVersionResource resource) {
        return new ResourceClient(this, resource, ObjectForm.WHOLE);
    }

    /** The objects of a resource, of which answers hold only the metadata. */
    public ResourceClient metadata(GroupVersionResource resource) {
        return new ResourceClient(this, resource, ObjectForm.METADATA);
    }

    /**
     * Reads any path.
     *
     * @param path decoded path
     * @param accept value of the Accept header
     * @throws ApiException when the server refuses
     * @throws TransportException when it cannot be reached
     */
    public ObjectNode get(String path, String accept) {
        return json(send(new Request("GET", path, Map.of(), Map.of("accept", accept), NO_BODY)));
    }

    /** Sends a request, again if asked to, and returns the answer if it is a good one. */
    Response send(Request request) {
        for (int attempt = 0; ; attempt++) {
            Response response;
            try {
                response = transport.send(request);
            } catch (IOException e) {
                throw new TransportException(
                        request.method() + " " + request.path() + ": " + e.getMessage(), e);
            }
            if (response.status() < 400) {
                return response;
            }
            Duration wait = RetryAfter.of(response.status(), response.headers());
            if (wait == null || attempt >= MAX_RETRIES) {
                throw Failures.of(response);
            }
            waitBefore(wait, request);
        }
    }

    /** Opens a stream, again if asked to, and returns it if it is a good one. */
    LineStream open(Request request) {
        for (int attempt = 0; ; attempt++) {
            Response refusal;
            try {
                LineStream stream = transport.open(request);
                if (stream.status() < 400) {
                    return stream;
                }
                refusal = whole(stream);
            } catch (IOException e) {
                throw new TransportException(
                        request.method() + " " + request.path() + ": " + e.getMessage(), e);
            }
            Duration wait = RetryAfter.of(refusal.status(), refusal.headers());
            if (wait == null || attempt >= MAX_RETRIES) {
                throw Failures.of(refusal);
            }
            waitBefore(wait, request);
        }
    }

    static ObjectNode json(Response response) {
        try {
            return Json.parseObject(response.body());
        } catch (JacksonException | ClassCastException e) {
            throw ApiException.internal("the server's answer is not a JSON object", e);
        }
    }

    static Request request(
            String method,
            String path,
            Map<String, List<String>> query,
            String accept,
            String type,
            byte[] body) {
        Map<String, String> headers = new HashMap<>();
        headers.put("accept", accept);
        if (!type.isEmpty()) {
            headers.put("content-type", type);
        }
        return new Request(method, path, query, headers, body);
    }

    private void waitBefore(Duration wait, Request request) {
        try {
            pause.pause(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportException(
                    request.method() + " " + request.path() + ": interrupted",
                    new IOException("interrupted", e));
        }
    }

    private static Response whole(LineStream stream) throws IOException {
        try (stream) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (byte[] line = stream.next(); line != null; line = stream.next()) {
                body.write(line);
                body.write('\n');
            }
            return new Response(stream.status(), stream.headers(), body.toByteArray());
        }
    }
}
