package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.framework.ClusterEvent;
import dev.pilothouse.server.scheduler.framework.PreEnqueuePlugin;
import dev.pilothouse.server.scheduler.framework.Status;

/**
 * Keeps pods out of the queue until all their scheduling gates are taken away. Source: KEP 3521.
 */
final class SchedulingGates implements PreEnqueuePlugin {

    private static final String NAME = "SchedulingGates";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Status preEnqueue(PodInfo pod) {
        return pod.gates().isEmpty()
                ? Status.SUCCESS
                : Status.unresolvable(
                        NAME,
                        "waiting for scheduling gates: [" + String.join(" ", pod.gates()) + "]");
    }

    @Override
    public boolean mayHelp(PodInfo refused, ClusterEvent event) {
        return event instanceof ClusterEvent.WaitingPodChanged(_, PodInfo pod)
                && pod.uid().equals(refused.uid())
                && pod.gates().isEmpty();
    }
}
