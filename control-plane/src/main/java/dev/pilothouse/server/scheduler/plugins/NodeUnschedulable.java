package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.cluster.Taint;
import dev.pilothouse.server.scheduler.framework.ClusterEvent;
import dev.pilothouse.server.scheduler.framework.FilterPlugin;
import dev.pilothouse.server.scheduler.framework.Status;

/** Refuses nodes that are cordoned, unless the pod tolerates the taint that says so. */
final class NodeUnschedulable implements FilterPlugin {

    static final String NAME = "NodeUnschedulable";
    private static final Status REFUSED = Status.unresolvable(NAME, "node(s) were unschedulable");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        return pod.shape().tolerates(Taint.UNSCHEDULABLE)
                ? Preparation.SKIP
                : Preparation.of(node -> node.node().unschedulable() ? REFUSED : Status.SUCCESS);
    }

    @Override
    public boolean mayHelp(PodInfo refused, ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.NodeAdded(Node node) -> !node.unschedulable();
            case ClusterEvent.NodeChanged(Node before, Node node) ->
                    before.unschedulable() && !node.unschedulable();
            default -> false;
        };
    }
}
