package dev.pilothouse.server.kubelet.pod;

import dev.pilothouse.server.kubelet.cri.ContainerStatus;
import dev.pilothouse.server.kubelet.cri.PodSandboxStatus;
import org.jspecify.annotations.Nullable;

/** What the runtime has of a pod, as it was last looked at. Immutable. */
public final class PodView {

    private final PodContainers containers;

    PodView(PodContainers containers) {
        this.containers = containers;
    }

    /** The pod's sandbox, or null when it has none. */
    public @Nullable PodSandboxStatus sandbox() {
        return containers.sandbox();
    }

    /** The newest container of a name, or null. */
    public @Nullable ContainerStatus latest(String name) {
        return containers.latest(name);
    }

    /** The container of a name before the newest, or null. */
    public @Nullable ContainerStatus previous(String name) {
        return containers.previous(name);
    }
}
