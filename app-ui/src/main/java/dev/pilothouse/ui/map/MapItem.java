package dev.pilothouse.ui.map;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a map keeps of an object.
 *
 * @param ref the object
 * @param owner the uid of its controller, empty for none
 * @param labels its labels, only for pods
 * @param selector the labels it selects pods by, only for Services
 * @param health how it is
 */
record MapItem(
        ObjectRef ref,
        String owner,
        Map<String, String> labels,
        Map<String, String> selector,
        Health health) {

    /** How something is; the worst is the last. */
    enum Health {
        GOOD,
        WAITING,
        BAD
    }

    static MapItem of(Kind kind, ObjectNode object) {
        String owner = "";
        for (ObjectNode each : Json.objects(object, "metadata", "ownerReferences")) {
            owner = Json.bool(each, "controller") ? Json.text(each, "uid") : owner;
        }
        boolean pod = kind.kind().equals("Pod");
        return new MapItem(
                new ObjectRef(
                        kind,
                        Json.text(object, "metadata", "namespace"),
                        Json.text(object, "metadata", "name"),
                        Json.text(object, "metadata", "uid")),
                owner,
                pod ? Json.stringMap(object, "metadata", "labels") : Map.of(),
                kind.kind().equals("Service")
                        ? Json.stringMap(object, "spec", "selector")
                        : Map.of(),
                pod ? pod(object) : Health.GOOD);
    }

    private static Health pod(ObjectNode pod) {
        String phase = Json.text(pod, "status", "phase");
        if (phase.equals("Failed")) {
            return Health.BAD;
        }
        boolean ready = phase.equals("Succeeded");
        for (ObjectNode status : Json.objects(pod, "status", "containerStatuses")) {
            String waiting = Json.text(status, "state", "waiting", "reason");
            if (waiting.contains("BackOff") || waiting.contains("Err")) {
                return Health.BAD;
            }
        }
        for (ObjectNode condition : Json.objects(pod, "status", "conditions")) {
            ready |=
                    Json.text(condition, "type").equals("Ready")
                            && Json.text(condition, "status").equals("True");
        }
        return ready ? Health.GOOD : Health.WAITING;
    }
}
