package dev.pilothouse.server.streaming.forward;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.streaming.spdy.SpdyHandshake;
import dev.pilothouse.server.streaming.websocket.WebSocketConnection;
import dev.pilothouse.server.streaming.websocket.WebSocketHandshake;
import dev.pilothouse.server.streaming.websocket.WebSocketTunnel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The dialects of port-forward: SPDY, SPDY through a WebSocket, and two channels of a WebSocket per
 * port. Source: the kubelet's cri/streaming/portforward and KEP 4006.
 */
public final class PortForwards {

    private static final String SPDY = "portforward.k8s.io";
    private static final String TUNNEL = "SPDY/3.1+portforward.k8s.io";
    private static final String CHANNELS = "v4.channel.k8s.io";
    private static final String BASE64_CHANNELS = "v4.base64.channel.k8s.io";

    private static final List<String> WEB_SOCKETS = List.of(TUNNEL, CHANNELS, BASE64_CHANNELS, "");

    private static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
    private static final int MAX_PORTS = 64;

    private PortForwards() {}

    /**
     * The answer that starts to forward.
     *
     * @throws ApiException 400 when the request asks for no upgrade, or for one that is not spoken
     */
    public static ApiResponse accept(ApiRequest request, PortConnector pod) {
        if (WebSocketHandshake.wanted(request)) {
            return webSocket(request, pod);
        }
        if (SpdyHandshake.wanted(request)) {
            return SpdyHandshake.accept(
                    request,
                    List.of(SPDY),
                    _ ->
                            connection ->
                                    new ForwardSession(pod)
                                            .run(connection.input(), connection.output()));
        }
        throw ApiException.badRequest("Upgrade request required");
    }

    private static ApiResponse webSocket(ApiRequest request, PortConnector pod) {
        String protocol = WebSocketHandshake.choose(request, WEB_SOCKETS);
        if (!protocol.equals(TUNNEL)) {
            // A kubelet's own name for them is "port".
            List<String> asked =
                    Stream.of("ports", "port")
                            .flatMap(name -> request.query().all(name).stream())
                            .toList();
            List<Integer> ports = ports(asked);
            boolean base64 = protocol.equals(BASE64_CHANNELS);
            return WebSocketHandshake.accept(
                    request,
                    protocol,
                    connection -> new ChannelForward(connection, pod, ports, base64).run());
        }
        return WebSocketHandshake.accept(
                request,
                protocol,
                connection -> {
                    WebSocketConnection socket =
                            new WebSocketConnection(
                                    connection.input(), connection.output(), MAX_MESSAGE_BYTES);
                    WebSocketTunnel tunnel = new WebSocketTunnel(socket);
                    new ForwardSession(pod).run(tunnel.input(), tunnel.output());
                    socket.close(WebSocketConnection.NORMAL, null);
                });
    }

    private static List<Integer> ports(List<String> texts) {
        List<Integer> ports = new ArrayList<>();
        for (String text : texts) {
            for (String port : text.split(",", -1)) {
                ports.add(port(port));
            }
        }
        if (ports.isEmpty()) {
            throw ApiException.badRequest("query parameter \"port\" is required");
        }
        if (ports.size() > MAX_PORTS) {
            throw ApiException.badRequest("too many ports");
        }
        return ports;
    }

    private static int port(String text) {
        int port = number(text);
        if (port < 0) {
            throw ApiException.badRequest("invalid port \"" + text + "\"");
        }
        return port;
    }

    /** The number of a port, or -1 when the text is none. */
    static int number(String text) {
        try {
            int port = Integer.parseInt(text);
            return port > 0 && port < 1 << 16 ? port : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
