package dev.pilothouse.server.kubelet.cri;

import java.nio.file.Path;

/**
 * A file or directory of the host that a container sees. Source: CRI's Mount.
 *
 * @param name name of the volume, empty when it is not one of the pod's volumes
 * @param containerPath where the container sees it
 * @param hostPath what it sees
 * @param readOnly whether it must not be changed
 */
public record Mount(String name, String containerPath, Path hostPath, boolean readOnly) {}
