package dev.pilothouse.server.kubelet.cri;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A sandbox as it is. Source: CRI's PodSandboxStatus.
 *
 * @param id its id
 * @param namespace the pod's namespace
 * @param name the pod's name
 * @param uid the pod's uid
 * @param attempt how many sandboxes the pod had before
 * @param ready whether containers can run in it
 * @param createdAt when it was made
 * @param ips the pod's addresses; the first is the main one
 * @param portMap for runtimes whose pods share an address: where each declared port is, as {@code
 *     protocol/port} to the host's port; empty when ports are as declared
 */
public record PodSandboxStatus(
        String id,
        String namespace,
        String name,
        String uid,
        int attempt,
        boolean ready,
        Instant createdAt,
        List<String> ips,
        Map<String, Integer> portMap) {

    /** Copies the collections. */
    public PodSandboxStatus {
        ips = List.copyOf(ips);
        portMap = Map.copyOf(portMap);
    }

    /** Where a TCP port of the pod is on its address. */
    public int actualPort(int port) {
        return portMap.getOrDefault("TCP/" + port, port);
    }
}
