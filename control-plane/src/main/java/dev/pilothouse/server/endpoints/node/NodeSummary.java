package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.node.NodeFiles;
import dev.pilothouse.server.node.NodeUsage;
import dev.pilothouse.server.node.NodeUsage.ContainerUsage;
import dev.pilothouse.server.node.NodeUsage.PodUsage;
import dev.pilothouse.server.node.NodeUsage.Usage;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The document {@code /stats/summary} of a kubelet. Source: kubelet/pkg/apis/stats/v1alpha1. */
final class NodeSummary {

    private NodeSummary() {}

    /**
     * The summary of a node.
     *
     * @param node the Node
     * @param usage what has been measured
     * @param files what is on disk, or null when that is not asked for
     * @param pods the pods that are bound to the node
     */
    static ObjectNode of(
            ObjectNode node, NodeUsage usage, @Nullable NodeFiles files, List<ObjectNode> pods) {
        Map<String, ObjectNode> byUid = new HashMap<>();
        pods.forEach(pod -> byUid.put(Json.text(pod, "metadata", "uid"), pod));
        ObjectNode summary = Json.object();
        ObjectNode ofNode = summary.putObject("node");
        ofNode.put("nodeName", Json.text(node, "metadata", "name"));
        ofNode.put("startTime", Json.text(node, "metadata", "creationTimestamp"));
        amounts(ofNode, usage.timestamp(), usage.total());
        String memory = Json.text(node, "status", "capacity", "memory");
        if (!memory.isEmpty()) {
            long left = Quantity.parse(memory).value() - usage.total().memoryBytes();
            Json.child(ofNode, "memory").put("availableBytes", Math.max(0, left));
        }
        FileSummary disk = files == null ? null : new FileSummary(node, files);
        if (disk != null) {
            disk.node(ofNode);
        }
        ArrayNode list = summary.putArray("pods");
        for (PodUsage each : usage.pods()) {
            ObjectNode ofPod = list.addObject();
            ObjectNode pod = byUid.get(each.pod().uid());
            pod(ofPod, each, pod);
            if (disk != null) {
                disk.pod(ofPod, each.pod().uid(), pod);
            }
        }
        return summary;
    }

    private static void pod(ObjectNode json, PodUsage usage, @Nullable ObjectNode pod) {
        json.putObject("podRef")
                .put("name", usage.pod().name())
                .put("namespace", usage.pod().namespace())
                .put("uid", usage.pod().uid());
        json.put("startTime", Json.text(pod, "status", "startTime"));
        ArrayNode containers = json.putArray("containers");
        for (ContainerUsage each : usage.containers()) {
            ObjectNode container = containers.addObject().put("name", each.name());
            container.put("startTime", ContainerStarts.of(pod, each.name()));
            amounts(container, usage.timestamp(), each.usage());
        }
        amounts(json, usage.timestamp(), total(usage));
    }

    /** What the containers of a pod use together. */
    static Usage total(PodUsage pod) {
        long cpu = 0;
        long memory = 0;
        long nanos = 0;
        for (ContainerUsage each : pod.containers()) {
            cpu += each.usage().cpuNanoCores();
            memory += each.usage().memoryBytes();
            nanos = nanos < 0 || each.usage().cpuNanos() < 0 ? -1 : nanos + each.usage().cpuNanos();
        }
        return new Usage(cpu, memory, nanos);
    }

    private static void amounts(ObjectNode json, Instant time, Usage usage) {
        ObjectNode cpu = json.putObject("cpu").put("time", time.toString());
        cpu.put("usageNanoCores", usage.cpuNanoCores());
        if (usage.cpuNanos() >= 0) {
            cpu.put("usageCoreNanoSeconds", usage.cpuNanos());
        }
        json.putObject("memory")
                .put("time", time.toString())
                .put("usageBytes", usage.memoryBytes())
                .put("workingSetBytes", usage.memoryBytes());
    }
}
