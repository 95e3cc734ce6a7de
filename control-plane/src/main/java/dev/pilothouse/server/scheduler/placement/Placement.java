package dev.pilothouse.server.scheduler.placement;

import dev.pilothouse.server.scheduler.framework.Status;
import java.util.List;

/** What came of looking for a node. */
public sealed interface Placement {

    /**
     * A node has been found.
     *
     * @param node its name
     * @param examined how many nodes were looked at
     * @param feasible how many of them could take the pod
     * @param score what the node was rated, 0 when there was no choice
     */
    record Found(String node, int examined, int feasible, long score) implements Placement {}

    /**
     * No node can take the pod.
     *
     * @param diagnosis why
     * @param statuses what each node was told, by position; empty when no node was looked at
     */
    record None(Diagnosis diagnosis, List<Status> statuses) implements Placement {}
}
