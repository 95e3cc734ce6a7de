package dev.pilothouse.model.patch;

import dev.pilothouse.model.json.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON merge patch, RFC 7386. */
public final class MergePatch {

    private MergePatch() {}

    /** The target with the patch merged in; neither is modified nor shared with the result. */
    public static JsonNode apply(JsonNode target, JsonNode patch) {
        return merge(target.deepCopy(), patch);
    }

    // Changes and returns the target where it can.
    private static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch.deepCopy();
        }
        ObjectNode result = target instanceof ObjectNode object ? object : Json.object();
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            String field = change.getKey();
            if (change.getValue().isNull()) {
                result.remove(field);
            } else {
                JsonNode old = result.get(field);
                result.set(field, merge(old == null ? Json.object() : old, change.getValue()));
            }
        }
        return result;
    }
}
