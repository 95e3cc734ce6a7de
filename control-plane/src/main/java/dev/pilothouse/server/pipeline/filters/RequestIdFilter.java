package dev.pilothouse.server.pipeline.filters;

import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.pipeline.ChainedHandler;
import dev.pilothouse.server.pipeline.Filter;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;

/**
 * Keeps the client's Audit-ID if it sent one and puts the id on the answer, together with the rule
 * that answers are not to be cached unless they say so. Source: apiserver filters WithAuditInit and
 * WithCacheControl.
 */
final class RequestIdFilter implements Filter {

    private static final int MAX_LENGTH = 64;

    @Override
    public ApiHandler wrap(ApiHandler next) {
        return new ChainedHandler(next) {
            @Override
            public ApiResponse handle(ApiRequest request) {
                String given = request.headers().text("audit-id");
                ApiRequest identified = usable(given) ? request.withId(given) : request;
                ApiResponse response =
                        next.handle(identified).withHeader("Audit-Id", identified.id());
                return hasCacheControl(response)
                        ? response
                        : response.withHeader("Cache-Control", "no-cache, private");
            }
        };
    }

    private static boolean usable(String id) {
        return !id.isEmpty()
                && id.length() <= MAX_LENGTH
                && id.chars().allMatch(c -> c > ' ' && c < 127);
    }

    private static boolean hasCacheControl(ApiResponse response) {
        return response.headers().stream()
                .anyMatch(header -> header.getKey().equalsIgnoreCase("Cache-Control"));
    }
}
