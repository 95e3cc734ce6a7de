package dev.pilothouse.server.scheduler.cluster;

import java.util.List;

/**
 * What a pod asks of a node.
 *
 * @param requests the sum of what its containers request, with overhead
 * @param scoredMilliCpu CPU as scores see it: containers that request none count as 100m
 * @param scoredMemory memory as scores see it: containers that request none count as 200 MiB
 * @param ports ports of the node
 * @param images images of its containers
 * @param containers how many containers it has, init containers included
 */
public record PodDemand(
        Resources requests,
        long scoredMilliCpu,
        long scoredMemory,
        List<HostPort> ports,
        List<String> images,
        int containers) {

    /** Copies the lists. */
    public PodDemand {
        ports = List.copyOf(ports);
        images = List.copyOf(images);
    }
}
