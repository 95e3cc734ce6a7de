package dev.pilothouse.server.controller.nodelifecycle;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionResource;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lease of a node, or of something else.
 *
 * @param namespace its namespace
 * @param name its name: that of the node
 * @param renewed when it was last renewed
 */
public record LeaseView(String namespace, String name, String renewed) {

    /** The leases. */
    public static final GroupVersionResource LEASES =
            new GroupVersionResource("coordination.k8s.io", "v1", "leases");

    static final String NAMESPACE = "kube-node-lease";

    /** Reads a lease. */
    public static LeaseView of(ObjectNode lease) {
        return new LeaseView(
                Json.text(lease, "metadata", "namespace"),
                Json.text(lease, "metadata", "name"),
                Json.text(lease, "spec", "renewTime"));
    }

    boolean isNodes() {
        return namespace.equals(NAMESPACE);
    }
}
