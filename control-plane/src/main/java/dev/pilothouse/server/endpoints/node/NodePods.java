package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The pods of one node, as its kubelet lists them. */
final class NodePods {

    private static final String NODE = "spec.nodeName";

    private NodePods() {}

    /** All pods that are bound to the node. */
    static List<ObjectNode> of(Storage storage, String node) {
        List<ObjectNode> found = new ArrayList<>();
        Iterator<StoredObject> all = storage.snapshot(PodAgents.PODS).iterate("", null, null);
        all.forEachRemaining(stored -> {
            // Only those of the node are parsed.
            if (node.equals(stored.fields().field(NODE))) {
                ObjectNode pod = Json.parseObject(stored.json());
                Json.child(pod, "metadata")
                        .put("resourceVersion", Long.toString(stored.revision()));
                found.add(pod);
            }
        });
        return found;
    }

    /** Those that are chosen as a list. */
    static ObjectNode list(Storage storage, String node, Predicate<ObjectNode> chosen) {
        ObjectNode list = Json.object().put("kind", "PodList").put("apiVersion", "v1");
        list.putObject("metadata");
        ArrayNode items = list.putArray("items");
        of(storage, node).stream().filter(chosen).forEach(items::add);
        return list;
    }
}
