package dev.pilothouse.server.kubelet.runtime.process;

import dev.pilothouse.server.kubelet.cri.ContainerStats;
import dev.pilothouse.server.kubelet.runtime.process.HostProcesses.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures what containers use, and ends those that use more memory than they may: the host does
 * not do it. Used by one thread at a time; {@link #stats} by any.
 */
final class Sampler {

    private final HostProcesses processes;
    private Map<String, Reading> last = Map.of();
    private volatile List<ContainerStats> stats = List.of();

    private record Reading(Instant when, long cpuNanos) {}

    Sampler(HostProcesses processes) {
        this.processes = processes;
    }

    List<ContainerStats> stats() {
        return stats;
    }

    void sample(Collection<ProcessContainer> running, Instant now) {
        Map<Long, Sample> all = processes.all();
        Map<String, Reading> readings = new HashMap<>();
        List<ContainerStats> measured = new ArrayList<>();
        for (ProcessContainer container : running) {
            List<Sample> tree = ProcessTree.of(container.pid(), all);
            if (container.pid() <= 0 || tree.isEmpty()) {
                continue;
            }
            String id = container.record().id();
            long cpu = ProcessTree.cpuNanos(tree);
            long memory = ProcessTree.memoryBytes(tree);
            readings.put(id, new Reading(now, cpu));
            Reading before = last.get(id);
            if (before != null && now.isAfter(before.when())) {
                Duration window = Duration.between(before.when(), now);
                long used = Math.max(0, cpu - before.cpuNanos());
                long rate = (long) (used * 1e9 / window.toNanos());
                measured.add(new ContainerStats(id, now, window, rate, memory, cpu));
            }
            long limit = container.record().memoryLimit();
            if (limit > 0 && memory > limit) {
                container.outOfMemory();
            }
        }
        last = readings;
        stats = List.copyOf(measured);
    }
}
