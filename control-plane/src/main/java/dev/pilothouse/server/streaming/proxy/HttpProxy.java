package dev.pilothouse.server.streaming.proxy;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.node.PodConnection;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.ClientOutput;
import dev.pilothouse.server.streaming.Copying;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Passes a request on and its answer back, upgrades included. Source: apimachinery util/proxy.
 *
 * @param backend where to
 * @param target path and query there
 * @param prefix what stands before the backend's paths here, for Location headers
 */
public record HttpProxy(Backend backend, String target, String prefix) {

    /**
     * The backend's answer.
     *
     * @throws ApiException 503 when it does not answer
     */
    public ApiResponse pass(ApiRequest request) {
        PodConnection connection = null;
        try {
            connection = backend.connect();
            connection.output().write(head(request));
            connection.output().write(request.body());
            connection.output().flush();
            InputStream in = new BufferedInputStream(connection.input(), 16 * 1024);
            ResponseHead head = ResponseHead.read(in);
            return answer(request, head, in, connection);
        } catch (IOException e) {
            close(connection);
            throw ApiException.unavailable("error trying to reach service: " + e.getMessage());
        } catch (RuntimeException e) {
            close(connection);
            throw e;
        }
    }

    private static void close(@org.jspecify.annotations.Nullable PodConnection connection) {
        if (connection != null) {
            connection.close();
        }
    }

    private byte[] head(ApiRequest request) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes(ResponseHead.bytes(request.method() + " " + target + " HTTP/1.1\r\n"));
        for (Map.Entry<String, String> header : ProxyHeaders.forBackend(request, backend)) {
            head.writeBytes(
                    ResponseHead.bytes(header.getKey() + ": " + header.getValue() + "\r\n"));
        }
        head.writeBytes(ResponseHead.bytes("\r\n"));
        return head.toByteArray();
    }

    private ApiResponse answer(
            ApiRequest request, ResponseHead head, InputStream in, PodConnection connection)
            throws IOException {
        List<Map.Entry<String, String>> headers =
                new ArrayList<>(ProxyHeaders.forClient(head, backend, prefix));
        if (head.status() == 101) {
            String protocol = head.header("Upgrade");
            return new ApiResponse.Upgrade(
                    headers, protocol == null ? "" : protocol, new ProxiedUpgrade(in, connection));
        }
        InputStream body = ResponseBody.of(in, head, request.method().equals("HEAD"));
        String type = head.header("Content-Type");
        return new ApiResponse.ByteStream(
                head.status(),
                headers,
                type == null ? "" : type,
                out -> {
                    try (connection) {
                        if (out instanceof ClientOutput client) {
                            client.onGone(connection::close);
                        }
                        Copying.live(body, out);
                    }
                });
    }
}
