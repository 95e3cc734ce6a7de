package dev.pilothouse.server.kubelet.runtime.simulated;

import java.util.Map;

/**
 * What a fleet begins with.
 *
 * @param nodes how many nodes there are at least, named {@code sim-1}, {@code sim-2} ...
 */
public record FleetOptions(int nodes) {

    /** What a node has when nothing else is said. */
    static final Map<String, String> CAPACITY =
            Map.of("cpu", "8", "memory", "32Gi", "pods", "110", "ephemeral-storage", "200Gi");

    /** Refuses a negative number. */
    public FleetOptions {
        if (nodes < 0) {
            throw new IllegalArgumentException("there cannot be fewer than no nodes");
        }
    }
}
