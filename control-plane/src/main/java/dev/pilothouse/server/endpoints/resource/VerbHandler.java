package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.server.request.ApiResponse;

/** Answers one verb, on any resource. Thread-safe. */
@FunctionalInterface
interface VerbHandler {

    /** Answers the call. */
    ApiResponse handle(ResourceCall call);
}
