package dev.pilothouse.server.scheduler.volumes;

import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeTerm;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A PersistentVolume as the scheduler sees it. Immutable.
 *
 * @param name its name
 * @param storageClass its class, or empty
 * @param capacity bytes
 * @param modes how it can be used
 * @param volumeMode {@code Filesystem} or {@code Block}
 * @param labels its labels
 * @param nodes from which nodes it can be reached; null for all
 * @param claim the claim it belongs to as {@code namespace/name}, or empty
 * @param claimUid the uid of that claim, or empty
 * @param driver its CSI driver, or empty
 * @param handle what its driver calls it, or empty
 * @param usable whether it may be given to a claim
 */
public record Volume(
        String name,
        String storageClass,
        long capacity,
        Set<String> modes,
        String volumeMode,
        Map<String, String> labels,
        @Nullable List<NodeTerm> nodes,
        String claim,
        String claimUid,
        String driver,
        String handle,
        boolean usable) {

    /** Copies the collections. */
    public Volume {
        modes = Set.copyOf(modes);
        labels = Map.copyOf(labels);
        nodes = nodes == null ? null : List.copyOf(nodes);
    }

    /** Whether it can be reached from a node. */
    public boolean reaches(Node node) {
        return nodes == null || nodes.stream().anyMatch(term -> term.matches(node));
    }

    /** Whether it is for that claim and no other. */
    public boolean isFor(Claim other) {
        return claim.equals(other.key()) && (claimUid.isEmpty() || claimUid.equals(other.uid()));
    }
}
