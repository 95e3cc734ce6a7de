package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.HostPort;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.framework.ClusterEvent;
import dev.pilothouse.server.scheduler.framework.FilterPlugin;
import dev.pilothouse.server.scheduler.framework.Status;
import java.util.List;

/** Refuses nodes on which another pod has one of the host ports that the pod wants. */
final class NodePorts implements FilterPlugin {

    static final String NAME = "NodePorts";
    private static final Status REFUSED =
            Status.unschedulable(
                    NAME, "node(s) didn't have free ports for the requested pod ports");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        List<HostPort> wanted = pod.shape().demand().ports();
        return wanted.isEmpty()
                ? Preparation.SKIP
                : Preparation.of(node -> conflict(wanted, node.ports()) ? REFUSED : Status.SUCCESS);
    }

    @Override
    public boolean mayHelp(PodInfo refused, ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.NodeAdded _ -> true;
            case ClusterEvent.PodGone(PodInfo pod) ->
                    conflict(refused.shape().demand().ports(), pod.shape().demand().ports());
            default -> false;
        };
    }

    static boolean conflict(List<HostPort> wanted, List<HostPort> taken) {
        for (HostPort port : wanted) {
            for (HostPort other : taken) {
                if (port.conflicts(other)) {
                    return true;
                }
            }
        }
        return false;
    }
}
