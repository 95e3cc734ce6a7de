package dev.pilothouse.server.node;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a node and its pods have on disk.
 *
 * @param timestamp when it was measured
 * @param disk the file system of the node; null when only its status says how large it is
 * @param used bytes that are in use on it
 * @param pods by the pods' uids
 */
public record NodeFiles(
        Instant timestamp, @Nullable Disk disk, long used, Map<String, PodFiles> pods) {

    /** Copies the map. */
    public NodeFiles {
        pods = Map.copyOf(pods);
    }

    /**
     * A file system.
     *
     * @param capacity bytes in all
     * @param available bytes that are left
     */
    public record Disk(long capacity, long available) {}

    /**
     * One pod.
     *
     * @param containers by their names
     * @param volumes bytes by the names of those of the pod's volumes that are directories of the
     *     node
     */
    public record PodFiles(Map<String, ContainerFiles> containers, Map<String, Long> volumes) {

        /** Copies the maps. */
        public PodFiles {
            containers = Map.copyOf(containers);
            volumes = Map.copyOf(volumes);
        }
    }

    /**
     * One container.
     *
     * @param root bytes that it has written outside its volumes
     * @param logs bytes of its log
     */
    public record ContainerFiles(long root, long logs) {}
}
