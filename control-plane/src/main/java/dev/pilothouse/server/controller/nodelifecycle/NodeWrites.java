package dev.pilothouse.server.controller.nodelifecycle;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.nodes.NodePod;
import dev.pilothouse.server.controller.nodes.NodeView;
import dev.pilothouse.server.controller.nodes.Taint;
import dev.pilothouse.server.controller.objects.Conditions;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the controller writes to nodes and their pods. Thread-safe. */
final class NodeWrites {

    private static final GroupVersionResource NODES = new GroupVersionResource("", "v1", "nodes");
    private static final GroupVersionResource PODS = new GroupVersionResource("", "v1", "pods");
    private static final List<String> REPORTED =
            List.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure");

    private final ResourceClient nodes;
    private final ResourceClient pods;

    NodeWrites(ApiClient client) {
        this.nodes = client.resource(NODES);
        this.pods = client.resource(PODS);
    }

    /**
     * Says that nothing is known of a node. Not if it has reported since it was looked at.
     *
     * @return the node after that, null when it is gone or has reported
     */
    @Nullable NodeView markUnknown(NodeView seen, Instant now) {
        ObjectNode node = find(seen.name());
        if (node == null || !NodeView.of(node).heartbeat().equals(seen.heartbeat())) {
            return null;
        }
        String created = Json.text(node, "metadata", "creationTimestamp");
        for (String type : REPORTED) {
            ObjectNode condition = Conditions.find(node, type);
            if (condition == null) {
                Conditions.set(
                        node,
                        type,
                        "Unknown",
                        "NodeStatusNeverUpdated",
                        "Kubelet never posted node status.",
                        now);
                ObjectNode added = Conditions.find(node, type);
                if (added != null) {
                    added.put("lastHeartbeatTime", created);
                }
            } else if (!Json.text(condition, "status").equals("Unknown")) {
                Conditions.set(
                        node,
                        type,
                        "Unknown",
                        "NodeStatusUnknown",
                        "Kubelet stopped posting node status.",
                        now);
            }
        }
        return NodeView.of(nodes.update(node, "status"));
    }

    /** Gives a node the taints that are wanted for it as it is now. */
    void taint(String name, Function<NodeView, List<Taint>> wanted) {
        ObjectNode node = find(name);
        if (node == null) {
            return;
        }
        NodeView view = NodeView.of(node);
        List<Taint> taints = wanted.apply(view);
        if (taints.equals(view.taints())) {
            return;
        }
        ObjectNode spec = Json.child(node, "spec");
        if (taints.isEmpty()) {
            spec.remove("taints");
        } else {
            ArrayNode array = spec.putArray("taints");
            taints.forEach(taint -> array.add(taint.toJson()));
        }
        nodes.update(node);
    }

    /** Says that a pod is not ready, since nobody knows whether it is. */
    void markNotReady(NodePod pod, Instant now) {
        ObjectNode patch = Json.object();
        patch.putObject("metadata").put("uid", pod.uid());
        patch.putObject("status")
                .putArray("conditions")
                .addObject()
                .put("type", "Ready")
                .put("status", "False")
                .put("lastTransitionTime", Conditions.time(now));
        try {
            pods.patch(
                    pod.key().namespace(), pod.key().name(), "status", PatchForm.STRATEGIC, patch);
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND && e.reason() != StatusReason.CONFLICT) {
                throw e;
            }
        }
    }

    private @Nullable ObjectNode find(String name) {
        try {
            return nodes.get("", name);
        } catch (ApiException e) {
            if (e.reason() == StatusReason.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }
}
