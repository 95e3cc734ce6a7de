package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.volumes.Claim;
import dev.pilothouse.server.scheduler.volumes.Volume;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Volumes and claims that pods on their way to a node have been promised. Thread-safe. */
final class ReservedVolumes {

    private final Map<String, Promise> promises = new HashMap<>();

    private record Promise(VolumeChoice choice, String node) {}

    synchronized void put(String pod, VolumeChoice choice, String node) {
        promises.put(pod, new Promise(choice, node));
    }

    synchronized void remove(String pod) {
        promises.remove(pod);
    }

    synchronized @Nullable VolumeChoice of(String pod) {
        Promise promise = promises.get(pod);
        return promise == null ? null : promise.choice();
    }

    /** Whether a volume has been promised to another claim. */
    synchronized boolean isTaken(Volume volume, Claim claim) {
        for (Promise promise : promises.values()) {
            for (Map.Entry<Claim, Volume> each : promise.choice().volumes().entrySet()) {
                if (each.getValue().name().equals(volume.name())
                        && !each.getKey().key().equals(claim.key())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** For which node the volume of a claim is going to be made, or empty. */
    synchronized String selectedNode(Claim claim) {
        for (Promise promise : promises.values()) {
            for (Claim each : promise.choice().provisioned()) {
                if (each.key().equals(claim.key())) {
                    return promise.node();
                }
            }
        }
        return "";
    }
}
