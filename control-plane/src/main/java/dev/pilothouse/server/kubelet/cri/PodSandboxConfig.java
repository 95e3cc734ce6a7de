package dev.pilothouse.server.kubelet.cri;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The environment that the containers of a pod share. Source: CRI's PodSandboxConfig.
 *
 * @param namespace the pod's namespace
 * @param name the pod's name
 * @param uid the pod's uid
 * @param attempt how many sandboxes the pod had before
 * @param handler the handler of the pod's RuntimeClass, empty when it has none
 * @param hostname the pod's host name
 * @param hostNetwork whether the pod uses the host's ports as they are
 * @param ports the ports that its containers declare
 * @param directory where the pod's files are
 * @param labels the pod's labels
 * @param annotations the pod's annotations
 */
public record PodSandboxConfig(
        String namespace,
        String name,
        String uid,
        int attempt,
        String handler,
        String hostname,
        boolean hostNetwork,
        List<Port> ports,
        Path directory,
        Map<String, String> labels,
        Map<String, String> annotations) {

    /** Copies the collections. */
    public PodSandboxConfig {
        ports = List.copyOf(ports);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /**
     * A declared port.
     *
     * @param container the container that declares it
     * @param name its name, or empty
     * @param port the port in the container
     * @param protocol {@code TCP}, {@code UDP} or {@code SCTP}
     * @param hostPort the port of the host, 0 for none in particular
     */
    public record Port(String container, String name, int port, String protocol, int hostPort) {}
}
