package dev.pilothouse.server.streaming.websocket;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.UpgradeHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The server's side of the opening handshake. */
public final class WebSocketHandshake {

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String PROTOCOL = "sec-websocket-protocol";

    private WebSocketHandshake() {}

    /** Whether a request asks for a WebSocket. */
    public static boolean wanted(ApiRequest request) {
        return request.method().equals("GET")
                && request.headers().text("upgrade").equalsIgnoreCase("websocket")
                && tokens(request, "connection").anyMatch("upgrade"::equalsIgnoreCase)
                && !request.headers().text("sec-websocket-key").isEmpty();
    }

    /**
     * The first of the protocols that the client offers which the server speaks. A client that
     * offers none gets the empty text if the server speaks that.
     *
     * @throws ApiException 400 when there is none
     */
    public static String choose(ApiRequest request, List<String> spoken) {
        List<String> offered = tokens(request, PROTOCOL).toList();
        Stream<String> candidates = offered.isEmpty() ? Stream.of("") : offered.stream();
        return candidates
                .filter(spoken::contains)
                .findFirst()
                .orElseThrow(() ->
                        ApiException.badRequest(
                                "unable to negotiate a WebSocket protocol: client offers "
                                        + offered
                                        + ", server accepts "
                                        + spoken));
    }

    /**
     * The answer that opens the WebSocket.
     *
     * @param protocol the chosen subprotocol, empty for none
     * @throws ApiException 400 when the client speaks another version
     */
    public static ApiResponse accept(ApiRequest request, String protocol, UpgradeHandler handler) {
        if (!request.headers().text("sec-websocket-version").equals("13")) {
            throw ApiException.badRequest("only WebSocket version 13 is supported");
        }
        ApiResponse answer =
                new ApiResponse.Upgrade(
                        List.of(
                                Map.entry(
                                        "Sec-WebSocket-Accept",
                                        proof(request.headers().first("sec-websocket-key")))),
                        "websocket",
                        handler);
        return protocol.isEmpty() ? answer : answer.withHeader("Sec-WebSocket-Protocol", protocol);
    }

    private static String proof(@Nullable String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            byte[] digest = sha1.digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<String> tokens(ApiRequest request, String header) {
        return request.headers().all(header).stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(String::strip)
                .filter(token -> !token.isEmpty())
                .map(token -> header.equals(PROTOCOL) ? token : token.toLowerCase(Locale.ROOT));
    }
}
