package dev.pilothouse.server.scheduler.volumes;

import dev.pilothouse.model.selector.LabelSelector;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A PersistentVolumeClaim as the scheduler sees it. Immutable.
 *
 * @param namespace where it lives
 * @param name its name
 * @param uid its uid
 * @param volume the volume it has or asks for by name, or empty
 * @param bound whether claim and volume have found each other
 * @param storageClass the class it asks for, or empty
 * @param modes how it is to be used
 * @param requested bytes
 * @param selector which volumes will do; null for any
 * @param volumeMode {@code Filesystem} or {@code Block}
 * @param selectedNode for which node its volume is being made, or empty
 * @param owner the uid of the pod for which it was made, or empty
 * @param deleting whether it is going away
 * @param lost whether its volume is gone
 */
public record Claim(
        String namespace,
        String name,
        String uid,
        String volume,
        boolean bound,
        String storageClass,
        Set<String> modes,
        long requested,
        @Nullable LabelSelector selector,
        String volumeMode,
        String selectedNode,
        String owner,
        boolean deleting,
        boolean lost) {

    /** Copies the set. */
    public Claim {
        modes = Set.copyOf(modes);
    }

    /** Namespace and name with a slash. */
    public String key() {
        return namespace + "/" + name;
    }

    /** Whether only one pod may use it at a time. */
    public boolean isExclusive() {
        return modes.contains("ReadWriteOncePod");
    }
}
