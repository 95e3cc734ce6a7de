package dev.pilothouse.server.kubelet.pod;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.cri.ContainerStatus;
import dev.pilothouse.server.kubelet.cri.PodSandboxStatus;
import dev.pilothouse.server.kubelet.probe.ContainerProbes;
import dev.pilothouse.server.kubelet.probe.Target;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The probes of the running containers of one pod. Used by the worker's thread. */
final class PodProbes {

    private final PodServices services;
    private final Runnable wake;
    private final Map<String, ContainerProbes> probes = new HashMap<>();

    PodProbes(PodServices services, Runnable wake) {
        this.services = services;
        this.wake = wake;
    }

    @Nullable ContainerProbes find(String name) {
        return probes.get(name);
    }

    /** Begins for containers that run, ends for those that do not. */
    void follow(PodTree pod, PodContainers containers, PodSandboxStatus sandbox) {
        for (ObjectNode container : pod.all()) {
            String name = PodTree.name(container);
            ContainerStatus latest = containers.latest(name);
            ContainerProbes known = probes.get(name);
            boolean runs = containers.isRunning(name);
            if (known != null
                    && (!runs || latest == null || !latest.id().equals(known.containerId()))) {
                known.close();
                probes.remove(name);
                known = null;
            }
            if (runs && known == null && latest != null) {
                probes.put(name, begin(pod, container, latest, sandbox));
            }
        }
    }

    /** What was known of a container before the program was started anew still holds. */
    private ContainerProbes begin(
            PodTree pod, ObjectNode container, ContainerStatus running, PodSandboxStatus sandbox) {
        ObjectNode before = statusOf(pod, running);
        Instant startedAt = running.startedAt() == null ? running.createdAt() : running.startedAt();
        Target target = new Target(services.runtime(), running.id(), sandbox, container);
        return new ContainerProbes(
                target,
                startedAt,
                Json.bool(before, "ready"),
                Json.bool(before, "started"),
                new ContainerProbes.Listener() {
                    @Override
                    public void changed() {
                        wake.run();
                    }

                    @Override
                    public void unhealthy(String message) {
                        services.events().warning(pod.reference(container), "Unhealthy", message);
                    }
                },
                services.delays(),
                services.clock());
    }

    private @Nullable ObjectNode statusOf(PodTree pod, ContainerStatus running) {
        String id = services.runtime().version().name() + "://" + running.id();
        for (String list : new String[] {"containerStatuses", "initContainerStatuses"}) {
            for (ObjectNode status : Json.objects(pod.tree(), "status", list)) {
                if (Json.text(status, "containerID").equals(id)) {
                    return status;
                }
            }
        }
        return null;
    }

    void terminating() {
        probes.values().forEach(ContainerProbes::terminating);
    }

    void close() {
        probes.values().forEach(ContainerProbes::close);
        probes.clear();
    }
}
