package dev.pilothouse.server.node;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which agents are connected. One agent may serve many nodes. Thread-safe. */
public final class NodeAgents {

    private final Map<String, NodeAgent> agents = new ConcurrentHashMap<>();

    /** The agent of a node is connected from now on; replaces an earlier one. */
    public void connect(String node, NodeAgent agent) {
        agents.put(node, agent);
    }

    /** The agent of a node is gone, unless another one has taken its place. */
    public void disconnect(String node, NodeAgent agent) {
        agents.remove(node, agent);
    }

    /** The agent of a node, or null when none is connected. */
    public @Nullable NodeAgent find(String node) {
        return agents.get(node);
    }

    /** The nodes that have an agent, in no order. */
    public Collection<String> nodes() {
        return List.copyOf(agents.keySet());
    }
}
