package dev.pilothouse.server.streaming.command;

import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.streaming.spdy.SpdyHandshake;
import java.util.List;

/** Sessions over SPDY/3.1. Source: apimachinery util/remotecommand, kubelet cri/streaming. */
public final class SpdyCommands {

    private static final String V2 = "v2.channel.k8s.io";
    private static final String V3 = "v3.channel.k8s.io";
    private static final String V4 = "v4.channel.k8s.io";
    private static final String V5 = "v5.channel.k8s.io";

    /** What is spoken; the first version has the plain name. */
    private static final List<String> PROTOCOLS = List.of(V5, V4, V3, V2, "channel.k8s.io");

    private SpdyCommands() {}

    /** The answer that opens a session, or refuses it when no common protocol is found. */
    public static ApiResponse accept(ApiRequest request, CommandOptions options, CommandTask task) {
        return SpdyHandshake.accept(
                request,
                PROTOCOLS,
                protocol -> {
                    boolean statuses = protocol.equals(V4) || protocol.equals(V5);
                    boolean resizes = options.tty() && (statuses || protocol.equals(V3));
                    return new CommandSession(
                            connection -> new SpdyChannels(connection, options, statuses, resizes),
                            task);
                });
    }
}
