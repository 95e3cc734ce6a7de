package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.framework.Status;
import dev.pilothouse.server.scheduler.volumes.Claim;
import dev.pilothouse.server.scheduler.volumes.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which volumes a pod's claims get if the pod goes to a node.
 *
 * @param refusal why it cannot go there, or success
 * @param volumes volumes that exist, by claim
 * @param provisioned claims for which volumes are made
 */
record VolumeChoice(Status refusal, Map<Claim, Volume> volumes, List<Claim> provisioned) {

    VolumeChoice {
        volumes = Map.copyOf(volumes);
        provisioned = List.copyOf(provisioned);
    }

    static VolumeChoice refused(Status refusal) {
        return new VolumeChoice(refusal, Map.of(), List.of());
    }

    /** Whether nothing needs to be done. */
    boolean isEmpty() {
        return volumes.isEmpty() && provisioned.isEmpty();
    }

    List<Claim> claims() {
        List<Claim> all = new ArrayList<>(volumes.keySet());
        all.addAll(provisioned);
        return all;
    }
}
