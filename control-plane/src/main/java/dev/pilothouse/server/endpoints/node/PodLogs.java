package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.endpoints.resource.ResourceCall;
import dev.pilothouse.server.endpoints.resource.SubresourceHandler;
import dev.pilothouse.server.node.LogRequest;
import dev.pilothouse.server.node.NodeAgent;
import dev.pilothouse.server.request.ApiResponse;
import java.time.InstantSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * The log of a container. Source: registry/core/pod/rest/log.go.
 *
 * @param pods finds pods and agents
 * @param clock the time
 */
record PodLogs(PodAgents pods, InstantSource clock) implements SubresourceHandler {

    @Override
    public ApiResponse handle(ResourceCall call) {
        ObjectNode pod = pods.read(PodAgents.PODS, call.namespace(), call.name());
        LogOptions options = LogOptions.parse(call.request().query(), call.name());
        String container = PodContainers.choose(pod, options.container());
        if (Json.text(pod, "spec", "nodeName").isEmpty()) {
            // Nothing has been logged yet, which is no error.
            return ApiResponse.Body.of(204, "text/plain", new byte[0]);
        }
        PodTarget target = pods.target(pod);
        ContainerLogState.check(pod, container, options.previous());
        LogRequest request = options.request(target.ref(), container, clock.instant());
        NodeAgent agent = target.agent();
        return AgentBody.answer("text/plain", out -> agent.logs(request, out));
    }
}
