package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.server.node.NodeAgents;

/** How the cluster knows that a node lives: its lease, and its agent to speak to. */
record Connections(Leases leases, NodeAgents agents, FleetAgent agent) {

    /** The node lives. */
    void open(String node) {
        leases.add(node);
        agents.connect(node, agent);
    }

    /** The node is gone, or cut off; its lease is renewed no more. */
    void close(String node) {
        agents.disconnect(node, agent);
    }
}
