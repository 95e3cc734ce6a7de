package dev.pilothouse.server.controller.endpointslice;

import dev.pilothouse.model.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node and the zone it is in.
 *
 * @param name the node
 * @param zone the zone, may be empty
 */
public record NodeZone(String name, String zone) {

    /** Reads a node. */
    public static NodeZone of(ObjectNode node) {
        return new NodeZone(
                Json.text(node, "metadata", "name"),
                Json.text(node, "metadata", "labels", "topology.kubernetes.io/zone"));
    }
}
