package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.Status.Details;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.request.ApiResponse;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Subresources that a node's agent answers: logs, exec, attach, port-forward and proxies. A pod
 * that is on no node, or on one whose agent is not connected, is refused as kube-apiserver refuses
 * it.
 */
final class NodeStreams implements SubresourceHandler {

    @Override
    public ApiResponse handle(ResourceCall call) {
        ObjectNode object =
                Json.parseObject(call.store().get(call.namespace(), call.name()).json());
        String node =
                call.kind().served().kind().equals("Pod")
                        ? podNode(call, object)
                        : Json.text(object, "metadata", "name");
        if (call.kind().served().kind().equals("Service")) {
            throw ApiException.unavailable(
                    "no endpoints available for service \"" + call.name() + "\"");
        }
        throw unreachable(node);
    }

    private static String podNode(ResourceCall call, ObjectNode pod) {
        String node = Json.text(pod, "spec", "nodeName");
        if (node.isEmpty()) {
            throw ApiException.badRequest("pod " + call.name() + " does not have a host assigned");
        }
        return node;
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
