package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.server.request.ApiResponse;

/** Answers requests about one subresource. Thread-safe. */
public interface SubresourceHandler {

    /**
     * Answers the call; its verb is one of those that the kind's schema names for the subresource.
     */
    ApiResponse handle(ResourceCall call);
}
