package dev.pilothouse.server.kubelet.cri;

import java.time.Duration;
import java.time.Instant;

/**
 * What a running container uses. Source: CRI's ContainerStats.
 *
 * @param containerId which
 * @param timestamp when it was measured
 * @param window over which the CPU rate was measured
 * @param cpuNanoCores billionths of a core
 * @param memoryBytes working set in bytes
 * @param cpuNanos CPU time used since the start in nanoseconds
 */
public record ContainerStats(
        String containerId,
        Instant timestamp,
        Duration window,
        long cpuNanoCores,
        long memoryBytes,
        long cpuNanos) {}
