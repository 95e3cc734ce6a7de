package dev.pilothouse.server.registry.pod;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the values of a new pod's own labels into the selectors that refer to them by key (KEPs
 * 3633 and 3243). Source: pkg/registry/core/pod/strategy.go.
 */
public final class MatchLabelKeys {

    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    private MatchLabelKeys() {}

    /** Resolves the keys in a pod that is about to be created. */
    public static void resolve(ObjectNode pod) {
        JsonNode labels = pod.path("metadata").path("labels");
        JsonNode spec = pod.path("spec");
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            JsonNode affinity = spec.path("affinity").path(kind);
            for (JsonNode term : affinity.path(REQUIRED)) {
                resolve(term, labels);
            }
            for (JsonNode term : affinity.path(PREFERRED)) {
                resolve(term.path("podAffinityTerm"), labels);
            }
        }
        for (JsonNode constraint : spec.path("topologySpreadConstraints")) {
            resolve(constraint, labels);
        }
    }

    private static void resolve(JsonNode holder, JsonNode labels) {
        if (holder.get("labelSelector") instanceof ObjectNode selector) {
            resolve(holder.path("matchLabelKeys"), "In", selector, labels);
            resolve(holder.path("mismatchLabelKeys"), "NotIn", selector, labels);
        }
    }

    private static void resolve(
            JsonNode keys, String operator, ObjectNode selector, JsonNode labels) {
        for (JsonNode key : keys) {
            JsonNode value = labels.get(key.asString(""));
            if (value == null) {
                continue;
            }
            ArrayNode expressions =
                    selector.get("matchExpressions") instanceof ArrayNode array
                            ? array
                            : selector.putArray("matchExpressions");
            ObjectNode requirement = expressions.addObject();
            requirement.set("key", key);
            requirement.put("operator", operator);
            requirement.putArray("values").add(value);
        }
    }
}
