package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.Status.Details;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.endpoints.resource.ResourceCall;
import dev.pilothouse.server.endpoints.resource.SubresourceHandler;
import dev.pilothouse.server.request.ApiResponse;
import java.util.List;

/** A proxy to a node's agent, which no agent offers yet: a node that exists is refused. */
final class NodeStreams implements SubresourceHandler {

    @Override
    public ApiResponse handle(ResourceCall call) {
        // A node that does not exist is said to be missing.
        call.store().get(call.namespace(), call.name());
        throw unreachable(call.name());
    }

    private static ApiException unreachable(String node) {
        String message = "the agent of node \"" + node + "\" is not connected";
        return new ApiException(
                new Status(
                        false,
                        502,
                        StatusReason.SERVICE_UNAVAILABLE,
                        message,
                        new Details(node, "", "nodes", "", List.of(), 0),
                        ""));
    }
}
