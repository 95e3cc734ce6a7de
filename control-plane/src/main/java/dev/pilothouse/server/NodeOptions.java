package dev.pilothouse.server;

import dev.pilothouse.server.kubelet.node.Pressure;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that a cluster has from the start.
 *
 * @param process how many nodes run host processes as pods
 * @param simulated how many nodes only pretend to run pods
 * @param simulatedStages a file or directory of stages that say how they do that, or null
 * @param stopProcesses whether host processes are ended when the control plane ends
 * @param eviction when pods that are host processes are evicted
 */
public record NodeOptions(
        int process,
        int simulated,
        @Nullable Path simulatedStages,
        boolean stopProcesses,
        Pressure.Thresholds eviction) {

    /** No nodes: an API server and its controllers only. */
    public static final NodeOptions NONE = new NodeOptions(0, 0);

    /**
     * What a cluster has when nothing else is asked for: a node for host processes, and a simulated
     * one for all other pods, as long as there is no container engine to run them.
     */
    public static final NodeOptions DEFAULT = new NodeOptions(1, 1);

    /** Simulated nodes that do what they usually do; host processes outlive the control plane. */
    public NodeOptions(int process, int simulated) {
        this(process, simulated, null, false, Pressure.Thresholds.DEFAULT);
    }

    public NodeOptions {
        if (process < 0 || simulated < 0) {
            throw new IllegalArgumentException("there cannot be fewer than no nodes");
        }
    }
}
