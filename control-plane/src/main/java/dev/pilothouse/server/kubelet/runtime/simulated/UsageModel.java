package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.server.kubelet.runtime.simulated.Signal.Moment;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.Seeds;
import dev.pilothouse.server.node.NodeFiles.ContainerFiles;
import dev.pilothouse.server.node.NodeUsage.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What containers use, by the annotations {@code cpu} and {@code memory} of their pods, else made
 * up from their requests. Thread-safe.
 */
final class UsageModel {

    private static final double IDLE_CPU = 0.002;
    private static final double IDLE_MEMORY = 24 << 20;
    private static final double USUAL_CPU = 0.4;
    private static final double USUAL_MEMORY = 0.6;
    private static final double WARM_UP_SECONDS = 120;
    private static final int FINE_STEP = 5;
    private static final int FINE_UNTIL = 3600;
    private static final int COARSE_STEP = 60;
    private static final int LATEST = 24 * 3600;
    private static final long MOST_FILES_KIB = 16 << 10;
    private static final int REMEMBERED = 10_000;

    private final ConcurrentHashMap<String, Signal> parsed = new ConcurrentHashMap<>();

    /** What a running container uses at a moment. */
    Usage usage(PodView pod, ContainerSpec spec, ContainerState state, Instant now, int siblings) {
        long seed = Seeds.mix(pod.seed(), spec.name().hashCode());
        double time = now.toEpochMilli() / 1000.0;
        Moment moment = new Moment(time, Math.max(0, time - state.started()), seed, siblings);
        double cpu = cpu(pod, spec).at(moment);
        double memory = memory(pod, spec).at(moment);
        if (spec.cpuLimitMillis() > 0) {
            cpu = Math.min(cpu, spec.cpuLimitMillis() / 1000.0);
        }
        if (spec.memoryLimit() > 0) {
            memory = Math.min(memory, spec.memoryLimit());
        }
        return new Usage((long) (Math.max(0, cpu) * 1e9), (long) Math.max(0, memory));
    }

    /** What a running container has written: always the same, a few megabytes. */
    ContainerFiles files(PodView pod, ContainerSpec spec) {
        long seed = Seeds.mix(pod.seed(), spec.name().hashCode());
        long kibibytes = Long.remainderUnsigned(seed, MOST_FILES_KIB);
        return new ContainerFiles((kibibytes + 1) << 10, (kibibytes / 4 + 1) << 10);
    }

    /** After which time a container has more memory than it may have; null when never. */
    @Nullable Duration untilOutOfMemory(PodView pod, ContainerSpec spec) {
        if (spec.memoryLimit() == 0 || pod.workload().knobs().text("memory", spec.name()) == null) {
            return null;
        }
        Signal memory = memory(pod, spec);
        long seed = Seeds.mix(pod.seed(), spec.name().hashCode());
        for (int age = 0; age < LATEST; age += age < FINE_UNTIL ? FINE_STEP : COARSE_STEP) {
            if (memory.at(new Moment(age, age, seed, 1)) > spec.memoryLimit()) {
                return Duration.ofSeconds(Math.max(1, age));
            }
        }
        return null;
    }

    private Signal cpu(PodView pod, ContainerSpec spec) {
        Signal given = signal(pod.workload().knobs().text("cpu", spec.name()));
        if (given != null) {
            return given;
        }
        return spec.cpuMillis() == 0
                ? new Signal.Noise(IDLE_CPU, 0.5)
                : new Signal.Noise(spec.cpuMillis() / 1000.0 * USUAL_CPU, 0.25);
    }

    private Signal memory(PodView pod, ContainerSpec spec) {
        Signal given = signal(pod.workload().knobs().text("memory", spec.name()));
        if (given != null) {
            return given;
        }
        double usual = spec.memoryBytes() == 0 ? IDLE_MEMORY : spec.memoryBytes() * USUAL_MEMORY;
        return new Signal.Sum(
                new Signal.Ramp(usual * 0.7, usual * 0.95, WARM_UP_SECONDS),
                new Signal.Noise(usual * 0.05, 0.3));
    }

    /** What cannot be read counts as not given. */
    private @Nullable Signal signal(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Signal known = parsed.get(text);
        if (known == null) {
            known = SignalParser.tryParse(text);
            if (known != null && parsed.size() < REMEMBERED) {
                parsed.put(text, known);
            }
        }
        return known;
    }
}
