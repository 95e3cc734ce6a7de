package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.server.authz.Authorizer;
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
     * @param authorizer who may do what
     * @param clock the time, for {@code sinceSeconds}
     */
    public static void add(
            Subresources subresources,
            NodeAgents agents,
            Storage storage,
            Authorizer authorizer,
            InstantSource clock) {
        PodAgents pods = new PodAgents(agents, storage);
        subresources.add("", "pods", "log", new PodLogs(pods, clock));
        UpgradeAccess access = new UpgradeAccess(authorizer);
        subresources.add("", "pods", "exec", new PodCommands(pods, access, false));
        subresources.add("", "pods", "attach", new PodCommands(pods, access, true));
        subresources.add("", "pods", "portforward", new PodPortForward(pods, access));
        Backends backends = new Backends(pods);
        subresources.add("", "pods", "proxy", new ProxyHandler(backends::pod));
        subresources.add("", "services", "proxy", new ProxyHandler(backends::service));
        subresources.add(
                "", "nodes", "proxy", new NodeProxy(pods, new NodeCommands(pods, access), clock));
    }
}
