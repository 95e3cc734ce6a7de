package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.framework.FilterPlugin;
import dev.pilothouse.server.scheduler.framework.Status;

/**
 * Refuses all nodes but the one that the pod names. Pods that name one are not in the queue; this
 * is for what-if questions about them.
 */
final class NodeName implements FilterPlugin {

    static final String NAME = "NodeName";
    private static final Status REFUSED =
            Status.unresolvable(NAME, "node(s) didn't match the requested node name");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        return pod.node().isEmpty()
                ? Preparation.SKIP
                : Preparation.of(node -> node.name().equals(pod.node()) ? Status.SUCCESS : REFUSED);
    }
}
