package dev.pilothouse.server.node;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a node and its pods use.
 *
 * @param timestamp when it was measured
 * @param window over which the CPU rate was measured
 * @param total the whole node
 * @param pods the pods of the node that have been measured
 */
public record NodeUsage(Instant timestamp, Duration window, Usage total, List<PodUsage> pods) {

    /** Copies the list. */
    public NodeUsage {
        pods = List.copyOf(pods);
    }

    /**
     * CPU and memory.
     *
     * @param cpuNanoCores billionths of a core
     * @param memoryBytes working set in bytes
     * @param cpuNanos CPU time used since the start in nanoseconds, or -1 when nobody counts it
     */
    public record Usage(long cpuNanoCores, long memoryBytes, long cpuNanos) {

        /** Without the CPU time in all. */
        public Usage(long cpuNanoCores, long memoryBytes) {
            this(cpuNanoCores, memoryBytes, -1);
        }
    }

    /**
     * One pod.
     *
     * @param pod which
     * @param timestamp when it was measured
     * @param window over which the CPU rate was measured
     * @param containers its running containers
     */
    public record PodUsage(
            PodRef pod, Instant timestamp, Duration window, List<ContainerUsage> containers) {

        /** Copies the list. */
        public PodUsage {
            containers = List.copyOf(containers);
        }
    }

    /**
     * One container.
     *
     * @param name its name
     * @param usage what it uses
     */
    public record ContainerUsage(String name, Usage usage) {}
}
