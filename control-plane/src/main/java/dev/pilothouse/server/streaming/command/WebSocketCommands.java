package dev.pilothouse.server.streaming.command;

import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.streaming.websocket.WebSocketHandshake;
import java.util.List;

/** Sessions over WebSockets. Source: apimachinery util/remotecommand, kubelet cri/streaming. */
public final class WebSocketCommands {

    private static final String BINARY = "channel.k8s.io";
    private static final String BASE64 = "base64.channel.k8s.io";

    /** What is spoken; the empty name is for clients that name none. */
    private static final List<String> PROTOCOLS =
            List.of(
                    "v5." + BINARY,
                    "v5." + BASE64,
                    "v4." + BINARY,
                    "v4." + BASE64,
                    BINARY,
                    BASE64,
                    "");

    private WebSocketCommands() {}

    /**
     * The answer that opens a session.
     *
     * @throws dev.pilothouse.model.meta.ApiException 400 when no common protocol is found
     */
    public static ApiResponse accept(ApiRequest request, CommandOptions options, CommandTask task) {
        String protocol = WebSocketHandshake.choose(request, PROTOCOLS);
        WebSocketChannels.Dialect dialect =
                new WebSocketChannels.Dialect(
                        protocol.endsWith(BASE64),
                        protocol.startsWith("v"),
                        protocol.startsWith("v5"));
        return WebSocketHandshake.accept(
                request,
                protocol,
                new CommandSession(
                        connection -> new WebSocketChannels(connection, options, dialect), task));
    }
}
