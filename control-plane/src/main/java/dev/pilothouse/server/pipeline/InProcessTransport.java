package dev.pilothouse.server.pipeline;

import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.Parameters;
import dev.pilothouse.server.request.RequestIds;
import dev.pilothouse.server.request.UserInfo;
import java.time.InstantSource;
import java.util.List;

/**
 * Calls the request chain without a socket, always as the same user. Goes through the same filters
 * as any client, rate limit and authorization included. Thread-safe.
 */
public final class InProcessTransport {

    private static final String PEER = "in-process";

    private final ApiHandler chain;
    private final UserInfo user;
    private final InstantSource clock;

    /**
     * A transport with an identity of its own.
     *
     * @param chain the whole request chain
     * @param user who asks; the authentication filter lets it pass as it is
     */
    public InProcessTransport(ApiHandler chain, UserInfo user, InstantSource clock) {
        this.chain = chain;
        this.user = user;
        this.clock = clock;
    }

    /**
     * Sends a request and returns the answer, also that to a failed request, on the calling thread.
     * The source of an event stream belongs to the caller, who must close it.
     *
     * @param path decoded path
     * @param headers headers, names in lower case
     * @param body the body, empty for none
     */
    public ApiResponse call(
            String method, String path, Parameters query, Parameters headers, byte[] body) {
        return chain.handle(
                new ApiRequest(
                        RequestIds.next(),
                        method,
                        path,
                        query,
                        headers,
                        body,
                        PEER,
                        List.of(),
                        clock.instant(),
                        ApiRequest.UNKNOWN_INFO,
                        user));
    }
}
