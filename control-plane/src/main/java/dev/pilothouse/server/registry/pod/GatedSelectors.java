package dev.pilothouse.server.registry.pod;

import dev.pilothouse.model.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What may change in the choice of nodes of a pod that is not ready for scheduling (KEP 3838): it
 * may only get narrower.
 */
final class GatedSelectors {

    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    private GatedSelectors() {}

    static boolean isNarrower(String member, JsonNode spec, JsonNode old) {
        return member.equals("nodeSelector")
                ? containsAll(spec.path(member), old.path(member))
                : affinityIsNarrower(spec.path(member), old.path(member));
    }

    private static boolean containsAll(JsonNode map, JsonNode old) {
        for (var entry : old.properties()) {
            if (!entry.getValue().equals(map.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean affinityIsNarrower(JsonNode affinity, JsonNode old) {
        if (!withoutNodes(affinity).equals(withoutNodes(old))) {
            return false;
        }
        JsonNode terms = terms(affinity);
        JsonNode oldTerms = terms(old);
        if (oldTerms.isEmpty()) {
            return true;
        }
        if (terms.size() != oldTerms.size()) {
            return false;
        }
        for (int i = 0; i < terms.size(); i++) {
            for (String list : new String[] {"matchExpressions", "matchFields"}) {
                for (JsonNode requirement : oldTerms.path(i).path(list)) {
                    if (!contains(terms.path(i).path(list), requirement)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static JsonNode terms(JsonNode affinity) {
        return affinity.path("nodeAffinity").path(REQUIRED).path("nodeSelectorTerms");
    }

    private static ObjectNode withoutNodes(JsonNode affinity) {
        ObjectNode copy = affinity instanceof ObjectNode object ? object.deepCopy() : Json.object();
        if (copy.get("nodeAffinity") instanceof ObjectNode nodes) {
            nodes.remove(REQUIRED);
            nodes.remove(PREFERRED);
            if (nodes.isEmpty()) {
                copy.remove("nodeAffinity");
            }
        }
        return copy;
    }

    private static boolean contains(JsonNode list, JsonNode element) {
        for (JsonNode other : list) {
            if (other.equals(element)) {
                return true;
            }
        }
        return false;
    }
}
