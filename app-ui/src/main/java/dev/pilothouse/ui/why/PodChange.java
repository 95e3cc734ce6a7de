package dev.pilothouse.ui.why;

import dev.pilothouse.model.json.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes of a pod or of the template that pods are made from. */
final class PodChange {

    /** What the API lets be changed in a pod that is there. */
    private static final List<String> ALLOWED = List.of("AddToleration", "RemoveGates");

    private PodChange() {}

    static boolean isOfPod(ObjectNode change) {
        return switch (Json.text(change, "type")) {
            case "LowerRequest",
                    "LowerPodRequest",
                    "AddToleration",
                    "DropNodeSelector",
                    "DropRequired",
                    "RaiseMaxSkew",
                    "SoftenSpread",
                    "DropHostPort",
                    "RemoveGates" ->
                    true;
            default -> false;
        };
    }

    static boolean isAllowedInPlace(ObjectNode change) {
        return ALLOWED.contains(Json.text(change, "type"));
    }

    /** Applies a change to a pod or template. */
    static void apply(ObjectNode change, ObjectNode pod) {
        ObjectNode spec = Json.child(pod, "spec");
        switch (Json.text(change, "type")) {
            case "LowerRequest" -> {
                for (ObjectNode each : Json.objects(spec, Json.text(change, "path"))) {
                    if (Json.text(each, "name").equals(Json.text(change, "container"))) {
                        request(each, change);
                    }
                }
            }
            case "LowerPodRequest" -> request(spec, change);
            case "AddToleration" -> {
                ArrayNode tolerations = array(spec, "tolerations");
                ObjectNode toleration = tolerations.addObject();
                toleration.put("key", Json.text(change, "key"));
                toleration.put("operator", "Equal");
                toleration.put("value", Json.text(change, "value"));
                toleration.put("effect", Json.text(change, "effect"));
            }
            case "DropNodeSelector" -> {
                ObjectNode selector = Json.objectAt(spec, "nodeSelector");
                if (selector != null) {
                    selector.remove(Json.text(change, "key"));
                }
            }
            case "DropRequired" -> {
                ObjectNode rules = Json.objectAt(spec, "affinity", Json.text(change, "affinity"));
                if (rules != null) {
                    rules.remove("requiredDuringSchedulingIgnoredDuringExecution");
                }
            }
            case "RaiseMaxSkew", "SoftenSpread" -> spread(change, spec);
            case "DropHostPort" -> {
                for (ObjectNode container : Json.objects(spec, "containers")) {
                    for (ObjectNode port : Json.objects(container, "ports")) {
                        if (Json.number(port, 0, "hostPort")
                                == Json.number(change, -1, "hostPort")) {
                            port.remove("hostPort");
                        }
                    }
                }
            }
            case "RemoveGates" -> spec.remove("schedulingGates");
            default -> {}
        }
    }

    private static void request(ObjectNode of, ObjectNode change) {
        Json.child(Json.child(of, "resources"), "requests")
                .put(Json.text(change, "resource"), Json.text(change, "to"));
    }

    private static void spread(ObjectNode change, ObjectNode spec) {
        for (ObjectNode each : Json.objects(spec, "topologySpreadConstraints")) {
            if (!Json.text(each, "topologyKey").equals(Json.text(change, "topologyKey"))) {
                continue;
            }
            if (Json.text(change, "type").equals("SoftenSpread")) {
                each.put("whenUnsatisfiable", "ScheduleAnyway");
                each.remove("minDomains");
            } else {
                each.put("maxSkew", Json.number(change, 1, "to"));
            }
        }
    }

    private static ArrayNode array(ObjectNode of, String field) {
        return of.get(field) instanceof ArrayNode array ? array : of.putArray(field);
    }
}
