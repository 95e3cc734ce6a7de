package dev.pilothouse.server.scheduler.cluster;

import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads nodes. */
public final class NodeReader {

    private NodeReader() {}

    /** Reads a node. */
    public static Node read(ObjectNode node) {
        JsonNode spec = node.path("spec");
        ObjectNode allocatable = Json.objectAt(node, "status", "allocatable");
        Resources pods =
                allocatable != null && allocatable.has(Resources.PODS)
                        ? Resources.of(Json.object().set("count", allocatable.get(Resources.PODS)))
                        : Resources.ZERO;
        return new Node(
                Json.text(node, "metadata", "name"),
                Json.stringMap(node, "metadata", "labels"),
                Json.bool(spec, "unschedulable"),
                taints(spec),
                Resources.of(allocatable),
                pods.get("count"),
                images(node));
    }

    private static List<Taint> taints(JsonNode spec) {
        List<Taint> taints = new ArrayList<>();
        for (JsonNode taint : Json.objects(spec, "taints")) {
            taints.add(
                    new Taint(
                            Json.text(taint, "key"),
                            Json.text(taint, "value"),
                            Json.text(taint, "effect")));
        }
        return taints;
    }

    private static Map<String, Long> images(ObjectNode node) {
        Map<String, Long> sizes = new HashMap<>();
        for (ObjectNode image : Json.objects(node, "status", "images")) {
            long size = Json.number(image, 0, "sizeBytes");
            Selectors.strings(image, "names").forEach(name -> sizes.put(name, size));
        }
        return sizes;
    }
}
