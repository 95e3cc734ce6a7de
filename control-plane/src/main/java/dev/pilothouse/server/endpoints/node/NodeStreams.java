package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.Status.Details;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.endpoints.resource.ResourceCall;
import dev.pilothouse.server.endpoints.resource.SubresourceHandler;
import dev.pilothouse.server.request.ApiResponse;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Subresources that a node's agent answers: exec, attach, port-forward and proxies. A pod that is
 * on no node, or on one whose agent is not connected, is refused as kube-apiserver refuses it.
 */
final class NodeStreams implements SubresourceHandler {

    private static final Set<String> CONTAINER_STREAMS = Set.of("exec", "attach");

    @Override
    public ApiResponse handle(ResourceCall call) {
        ObjectNode object =
                Json.parseObject(call.store().get(call.namespace(), call.name()).json());
        String node =
                call.kind().served().kind().equals("Pod")
                        ? Json.text(object, "spec", "nodeName")
                        : Json.text(object, "metadata", "name");
        if (call.kind().served().kind().equals("Service")) {
            throw ApiException.unavailable(
                    "no endpoints available for service \"" + call.name() + "\"");
        }
        String part = call.info().subresource();
        if (CONTAINER_STREAMS.contains(part)) {
            PodContainers.choose(object, call.request().query().text("container"));
        }
        if (node.isEmpty()) {
            throw ApiException.badRequest("pod " + call.name() + " does not have a host assigned");
        }
        throw unreachable(node);
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
