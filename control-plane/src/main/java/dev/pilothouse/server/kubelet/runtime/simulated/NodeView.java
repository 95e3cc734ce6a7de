package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.runtime.simulated.stage.StageSet.Match;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the fleet keeps of a node.
 *
 * @param name its name
 * @param uid its uid
 * @param simulated whether the fleet plays its kubelet
 * @param address its internal address, or empty
 * @param sized whether it says what it has
 * @param complete whether it has the labels and the description of a simulated node
 * @param conditions status and reason of its conditions by type
 * @param knobs what its annotations say
 * @param stage the stage it is in, or null when there is none for it
 */
record NodeView(
        String name,
        String uid,
        boolean simulated,
        String address,
        boolean sized,
        boolean complete,
        Map<String, String> conditions,
        Knobs knobs,
        @Nullable Match stage) {

    NodeView {
        conditions = Map.copyOf(conditions);
    }

    static NodeView of(ObjectNode node, Function<ObjectNode, @Nullable Match> stages) {
        JsonNode metadata = node.path("metadata");
        Map<String, String> labels = Json.stringMap(metadata, "labels");
        String name = Json.text(metadata, "name");
        boolean simulated =
                Names.SIMULATED.equals(labels.get(Names.RUNTIME_LABEL))
                        && Json.at(metadata, "deletionTimestamp") == null;
        String address = "";
        for (ObjectNode entry : Json.objects(node, "status", "addresses")) {
            if (Json.text(entry, "type").equals("InternalIP")) {
                address = Json.text(entry, "address");
            }
        }
        boolean complete =
                labels.containsKey("kubernetes.io/hostname")
                        && Json.text(node, "status", "nodeInfo", "kubeletVersion")
                                .equals(NodeObjects.VERSION);
        Map<String, String> conditions = new HashMap<>();
        for (ObjectNode condition : Json.objects(node, "status", "conditions")) {
            conditions.put(
                    Json.text(condition, "type"),
                    Json.text(condition, "status") + " " + Json.text(condition, "reason"));
        }
        return new NodeView(
                name,
                Json.text(metadata, "uid"),
                simulated,
                address,
                Json.objectAt(node, "status", "allocatable") != null,
                complete,
                conditions,
                Knobs.of(Json.stringMap(metadata, "annotations")),
                simulated ? stages.apply(node) : null);
    }

    /** Whether its kubelet is cut off: nothing is heard of it. */
    boolean isPartitioned() {
        return knobs.on("partition");
    }
}
