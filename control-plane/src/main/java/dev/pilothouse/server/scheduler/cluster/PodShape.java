package dev.pilothouse.server.scheduler.cluster;

import java.util.List;
import java.util.Map;

/**
 * All that decides where a pod can go. Pods of one template have the same shape, and share one
 * instance. Immutable.
 *
 * @param namespace where the pod lives
 * @param labels its labels
 * @param owner kind and name of its controller as {@code Kind/name}, or empty
 * @param priority the higher the earlier
 * @param preempts whether it may displace pods of lower priority
 * @param demand what it asks of a node
 * @param nodes which nodes it wants
 * @param tolerations which taints it tolerates
 * @param affinity near which pods it wants to be
 * @param spread how it is to be spread
 * @param volumes its volumes that matter
 */
public record PodShape(
        String namespace,
        Map<String, String> labels,
        String owner,
        int priority,
        boolean preempts,
        PodDemand demand,
        NodeRules nodes,
        List<Toleration> tolerations,
        PodAffinity affinity,
        List<SpreadConstraint> spread,
        List<PodVolume> volumes) {

    /** Copies the collections. */
    public PodShape {
        labels = Map.copyOf(labels);
        tolerations = List.copyOf(tolerations);
        spread = List.copyOf(spread);
        volumes = List.copyOf(volumes);
    }

    /** Its requests. */
    public Resources requests() {
        return demand.requests();
    }

    /** Whether it tolerates a taint. */
    public boolean tolerates(Taint taint) {
        return Toleration.anyTolerates(tolerations, taint);
    }
}
