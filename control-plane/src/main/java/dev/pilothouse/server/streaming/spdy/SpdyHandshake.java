package dev.pilothouse.server.streaming.spdy;

import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.UpgradeHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The change from HTTP/1.1 to SPDY/3.1, with a protocol on top of it. Source: apimachinery
 * util/httpstream.
 */
public final class SpdyHandshake {

    private static final String UPGRADE = "SPDY/3.1";
    private static final String VERSION = "X-Stream-Protocol-Version";
    private static final String ACCEPTED = "X-Accepted-Stream-Protocol-Versions";

    private SpdyHandshake() {}

    /** Whether a request asks for SPDY. */
    public static boolean wanted(ApiRequest request) {
        return request.headers().text("upgrade").equalsIgnoreCase(UPGRADE)
                && request.headers().all("connection").stream()
                        .flatMap(line -> Stream.of(line.split(",", -1)))
                        .anyMatch(token -> token.strip().equalsIgnoreCase("upgrade"));
    }

    /**
     * The answer that changes the connection, or 403 when no common protocol is found.
     *
     * @param spoken the protocols that the server speaks; a client that names none gets the last
     * @param handlers makes the handler of the chosen one
     */
    public static ApiResponse accept(
            ApiRequest request, List<String> spoken, Function<String, UpgradeHandler> handlers) {
        List<String> offered =
                request.headers().all("x-stream-protocol-version").stream()
                        .flatMap(line -> Stream.of(line.split(",", -1)))
                        .map(String::strip)
                        .toList();
        Optional<String> chosen =
                offered.isEmpty()
                        ? Optional.of(spoken.getLast())
                        : offered.stream().filter(spoken::contains).findFirst();
        if (chosen.isEmpty()) {
            return refusal(offered, spoken);
        }
        ApiResponse answer =
                new ApiResponse.Upgrade(List.of(), UPGRADE, handlers.apply(chosen.get()));
        return offered.isEmpty() ? answer : answer.withHeader(VERSION, chosen.get());
    }

    private static ApiResponse refusal(List<String> offered, List<String> spoken) {
        String message =
                "unable to upgrade: unable to negotiate protocol: client supports "
                        + offered
                        + ", server accepts "
                        + spoken;
        ApiResponse answer =
                ApiResponse.Body.of(
                        403, "text/plain; charset=utf-8", message.getBytes(StandardCharsets.UTF_8));
        for (String protocol : spoken) {
            answer = answer.withHeader(ACCEPTED, protocol);
        }
        return answer;
    }
}
