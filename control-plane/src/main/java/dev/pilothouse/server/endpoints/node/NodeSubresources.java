package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.server.endpoints.resource.Subresources;
import dev.pilothouse.server.node.NodeAgents;
import dev.pilothouse.server.storage.Storage;
import java.time.InstantSource;

/** The subresources that agents of nodes answer. */
public final class NodeSubresources {

    private NodeSubresources() {}

    /**
     * Adds them.
     *
     * @param agents the agents that are connected
     * @param storage where pods, services and nodes are read
     * @param clock the time, for {@code sinceSeconds}
     */
    public static void add(
            Subresources subresources, NodeAgents agents, Storage storage, InstantSource clock) {
        PodAgents pods = new PodAgents(agents, storage);
        subresources.add("", "pods", "log", new PodLogs(pods, clock));
        NodeStreams streams = new NodeStreams();
        for (String stream : new String[] {"exec", "attach", "portforward", "proxy"}) {
            subresources.add("", "pods", stream, streams);
        }
        subresources.add("", "nodes", "proxy", streams);
        subresources.add("", "services", "proxy", streams);
    }
}
