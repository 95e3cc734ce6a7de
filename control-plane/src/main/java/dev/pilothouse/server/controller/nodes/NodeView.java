package dev.pilothouse.server.controller.nodes;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.record.ObjectReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What controllers need to know of a node.
 *
 * @param name its name
 * @param uid its uid
 * @param created when it was made
 * @param unschedulable whether it is cordoned
 * @param taints its taints
 * @param conditions the status of its conditions by type
 * @param heartbeat when it last reported its readiness, or empty
 * @param zone the failure zone it is in, may be empty
 */
public record NodeView(
        String name,
        String uid,
        String created,
        boolean unschedulable,
        List<Taint> taints,
        Map<String, String> conditions,
        String heartbeat,
        String zone) {

    /** Copies the collections. */
    public NodeView {
        taints = List.copyOf(taints);
        conditions = Map.copyOf(conditions);
    }

    /** Reads a node. */
    public static NodeView of(ObjectNode node) {
        Map<String, String> conditions = new LinkedHashMap<>();
        String heartbeat = "";
        for (ObjectNode condition : Json.objects(node, "status", "conditions")) {
            String type = Json.text(condition, "type");
            conditions.put(type, Json.text(condition, "status"));
            if (type.equals("Ready")) {
                heartbeat = Json.text(condition, "lastHeartbeatTime");
            }
        }
        Map<String, String> labels = Json.stringMap(node, "metadata", "labels");
        String region = labels.getOrDefault("topology.kubernetes.io/region", "");
        String zone = labels.getOrDefault("topology.kubernetes.io/zone", "");
        return new NodeView(
                Json.text(node, "metadata", "name"),
                Json.text(node, "metadata", "uid"),
                Json.text(node, "metadata", "creationTimestamp"),
                Json.bool(node, "spec", "unschedulable"),
                Json.objects(node, "spec", "taints").stream().map(Taint::of).toList(),
                conditions,
                heartbeat,
                region.isEmpty() && zone.isEmpty() ? "" : region + ":" + zone);
    }

    /** True, False or Unknown; empty when nobody has said yet. */
    public String ready() {
        return conditions.getOrDefault("Ready", "");
    }

    /** Whether it has this taint. */
    public boolean hasTaint(String key, String effect) {
        return taints.stream().anyMatch(taint -> taint.is(key, effect));
    }

    /** Its taints of an effect. */
    public List<Taint> taints(String effect) {
        return taints.stream().filter(taint -> taint.effect().equals(effect)).toList();
    }

    /** What events about it name: as a node agent's do, without knowing more than the name. */
    public ObjectReference reference() {
        return new ObjectReference("v1", "Node", "", name, uid, "", "");
    }
}
