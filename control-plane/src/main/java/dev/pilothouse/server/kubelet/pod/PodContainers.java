package dev.pilothouse.server.kubelet.pod;

import dev.pilothouse.server.kubelet.cri.ContainerState;
import dev.pilothouse.server.kubelet.cri.ContainerStatus;
import dev.pilothouse.server.kubelet.cri.PodSandboxStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the runtime has of a pod.
 *
 * @param sandbox its sandbox, or null
 * @param byName its containers by name, oldest first
 */
record PodContainers(
        @Nullable PodSandboxStatus sandbox, Map<String, List<ContainerStatus>> byName) {

    static final PodContainers NONE = new PodContainers(null, Map.of());

    static PodContainers of(PodSandboxStatus sandbox, List<ContainerStatus> containers) {
        Map<String, List<ContainerStatus>> byName = new LinkedHashMap<>();
        containers.forEach(container ->
                byName.computeIfAbsent(container.name(), _ -> new ArrayList<>()).add(container));
        return new PodContainers(sandbox, byName);
    }

    @Nullable ContainerStatus latest(String name) {
        List<ContainerStatus> all = byName.get(name);
        return all == null ? null : all.getLast();
    }

    /** The one before the latest. */
    @Nullable ContainerStatus previous(String name) {
        List<ContainerStatus> all = byName.get(name);
        return all == null || all.size() < 2 ? null : all.get(all.size() - 2);
    }

    List<ContainerStatus> running() {
        return byName.values().stream()
                .flatMap(List::stream)
                .filter(container -> container.state() == ContainerState.RUNNING)
                .toList();
    }

    boolean isRunning(String name) {
        ContainerStatus latest = latest(name);
        return latest != null && latest.state() == ContainerState.RUNNING;
    }

    boolean hasExited(String name) {
        ContainerStatus latest = latest(name);
        return latest != null && latest.state() == ContainerState.EXITED;
    }
}
