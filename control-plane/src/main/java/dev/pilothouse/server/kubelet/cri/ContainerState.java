package dev.pilothouse.server.kubelet.cri;

/** Where a container is in its life. Source: CRI's ContainerState. */
public enum ContainerState {
    CREATED,
    RUNNING,
    EXITED
}
