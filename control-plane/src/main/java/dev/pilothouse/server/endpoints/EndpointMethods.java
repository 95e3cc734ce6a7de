package dev.pilothouse.server.endpoints;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.request.ApiRequest;

/** What the fixed paths have in common. */
final class EndpointMethods {

    private EndpointMethods() {}

    /** Refuses everything but GET and HEAD with 405. */
    static void requireRead(ApiRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            throw new ApiException(
                    Status.failure(
                            StatusReason.METHOD_NOT_ALLOWED,
                            "the server does not allow this method on the requested resource",
                            new Status.Details("", "", "", "", java.util.List.of(), 0)));
        }
    }
}
