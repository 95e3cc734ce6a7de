package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.node.NodeFiles;
import dev.pilothouse.server.node.NodeFiles.ContainerFiles;
import dev.pilothouse.server.node.NodeFiles.PodFiles;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The figures of file systems in a kubelet's summary. Inodes are not counted: not every system has
 * them. Source: kubelet/pkg/apis/stats/v1alpha1 FsStats.
 */
final class FileSummary {

    private final NodeFiles files;
    private final long capacity;
    private final long available;

    /**
     * What is on the disk of a node, whose own status says how large it is if nothing else does.
     */
    FileSummary(ObjectNode node, NodeFiles files) {
        this.files = files;
        NodeFiles.Disk disk = files.disk();
        if (disk != null) {
            this.capacity = disk.capacity();
            this.available = disk.available();
        } else {
            String size = Json.text(node, "status", "capacity", "ephemeral-storage");
            this.capacity = size.isEmpty() ? 0 : Quantity.parse(size).value();
            this.available = Math.max(0, capacity - files.used());
        }
    }

    /** Bytes of the node's disk in all. */
    long capacity() {
        return capacity;
    }

    /** Writes the node's part: there are no other file systems for images or containers. */
    void node(ObjectNode json) {
        fill(json.putObject("fs"), files.used());
        ObjectNode runtime = json.putObject("runtime");
        fill(runtime.putObject("imageFs"), 0);
        fill(runtime.putObject("containerFs"), writtenByAll());
    }

    /** Writes a pod's part, into what is there of its containers. */
    void pod(ObjectNode json, String uid, @Nullable ObjectNode pod) {
        PodFiles own = files.pods().get(uid);
        if (own == null) {
            return;
        }
        long all = 0;
        for (ObjectNode container : Json.objects(json, "containers")) {
            ContainerFiles found = own.containers().get(Json.text(container, "name"));
            if (found != null) {
                fill(container.putObject("rootfs"), found.root());
                fill(container.putObject("logs"), found.logs());
            }
        }
        for (ContainerFiles each : own.containers().values()) {
            all += each.root() + each.logs();
        }
        ArrayNode volumes = json.putArray("volume");
        for (ObjectNode volume : Json.objects(pod, "spec", "volumes")) {
            String name = Json.text(volume, "name");
            Long bytes = own.volumes().get(name);
            if (bytes == null) {
                continue;
            }
            ObjectNode written = volumes.addObject();
            fill(written, bytes);
            written.put("name", name);
            String claim = Json.text(volume, "persistentVolumeClaim", "claimName");
            if (claim.isEmpty()) {
                all += bytes;
            } else {
                written.putObject("pvcRef")
                        .put("name", claim)
                        .put("namespace", Json.text(pod, "metadata", "namespace"));
            }
        }
        fill(json.putObject("ephemeral-storage"), all);
    }

    private long writtenByAll() {
        long all = 0;
        for (PodFiles pod : files.pods().values()) {
            for (ContainerFiles container : pod.containers().values()) {
                all += container.root();
            }
        }
        return all;
    }

    private void fill(ObjectNode json, long used) {
        json.put("time", files.timestamp().toString())
                .put("availableBytes", available)
                .put("capacityBytes", capacity)
                .put("usedBytes", used);
    }
}
