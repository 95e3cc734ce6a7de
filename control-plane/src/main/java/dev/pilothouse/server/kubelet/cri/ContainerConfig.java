package dev.pilothouse.server.kubelet.cri;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A container to be made. Source: CRI's ContainerConfig.
 *
 * @param name its name in the pod
 * @param attempt how many containers of the name there were before
 * @param image the image as the pod names it
 * @param command program and arguments; empty when the image says what to run
 * @param workingDir where it starts; empty when the runtime chooses
 * @param environment variables in order; later ones may not repeat names
 * @param mounts what it sees of the host
 * @param logPath where its log goes
 * @param stdin whether it has standard input
 * @param stdinOnce whether its standard input ends with the first attached session
 * @param tty whether it has a terminal
 * @param memoryLimit bytes, 0 for no limit
 * @param security security context of the pod overlaid by the container's
 * @param labels what the kubelet wants to find again
 */
public record ContainerConfig(
        String name,
        int attempt,
        String image,
        List<String> command,
        String workingDir,
        Map<String, String> environment,
        List<Mount> mounts,
        Path logPath,
        boolean stdin,
        boolean stdinOnce,
        boolean tty,
        long memoryLimit,
        ObjectNode security,
        Map<String, String> labels) {

    /** Copies lists; the environment keeps its order. */
    public ContainerConfig {
        command = List.copyOf(command);
        mounts = List.copyOf(mounts);
        labels = Map.copyOf(labels);
    }
}
