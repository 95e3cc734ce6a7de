package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.server.endpoints.resource.ResourceCall;
import dev.pilothouse.server.endpoints.resource.SubresourceHandler;
import dev.pilothouse.server.node.NodeAgent;
import dev.pilothouse.server.node.PodConnection;
import dev.pilothouse.server.node.PodRef;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.streaming.forward.PortConnector;
import dev.pilothouse.server.streaming.forward.PortForwards;
import java.io.IOException;

/**
 * Forwards ports of a pod. Source: registry/core/pod/rest/subresources.go.
 *
 * @param pods finds pods and agents
 * @param access who may
 */
record PodPortForward(PodAgents pods, UpgradeAccess access) implements SubresourceHandler {

    @Override
    public ApiResponse handle(ResourceCall call) {
        access.check(call.request());
        PodTarget target = pods.target(call.namespace(), call.name());
        return PortForwards.accept(
                call.request(), new AgentConnector(target.agent(), target.ref()));
    }

    /** Connects to the ports of a pod. */
    record AgentConnector(NodeAgent agent, PodRef ref) implements PortConnector {

        @Override
        public PodConnection connect(int port) throws IOException {
            return agent.connect(ref, port);
        }

        @Override
        public String pod() {
            return ref.name() + ", uid " + ref.uid();
        }
    }
}
