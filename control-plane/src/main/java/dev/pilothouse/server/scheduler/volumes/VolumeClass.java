package dev.pilothouse.server.scheduler.volumes;

import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.server.scheduler.cluster.Node;
import java.util.List;

/**
 * A StorageClass as the scheduler sees it. Immutable.
 *
 * @param name its name
 * @param provisioner who makes its volumes
 * @param waits whether a volume is looked for only when a pod that uses it is placed
 * @param topologies where its volumes can be made, one of which must hold; empty for everywhere
 */
public record VolumeClass(
        String name, String provisioner, boolean waits, List<LabelSelector> topologies) {

    private static final String NOBODY = "kubernetes.io/no-provisioner";

    /** Copies the list. */
    public VolumeClass {
        topologies = List.copyOf(topologies);
    }

    /** Whether a volume can be made for a pod on a node. */
    public boolean provisionsFor(Node node) {
        if (provisioner.isEmpty() || provisioner.equals(NOBODY)) {
            return false;
        }
        return topologies.isEmpty()
                || topologies.stream().anyMatch(topology -> topology.matches(node.labels()::get));
    }
}
