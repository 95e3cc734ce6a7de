package dev.pilothouse.server.controller.nodes;

import dev.pilothouse.model.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A taint of a node.
 *
 * @param key its key
 * @param value its value, may be empty
 * @param effect NoSchedule, PreferNoSchedule or NoExecute
 * @param timeAdded since when, or empty
 */
public record Taint(String key, String value, String effect, String timeAdded) {

    /** Pods may not come. */
    public static final String NO_SCHEDULE = "NoSchedule";

    /** Pods may not stay. */
    public static final String NO_EXECUTE = "NoExecute";

    /** The node says that it is not ready. */
    public static final String NOT_READY = "node.kubernetes.io/not-ready";

    /** The node says nothing. */
    public static final String UNREACHABLE = "node.kubernetes.io/unreachable";

    /** Somebody has made sure that the node is off. */
    public static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";

    /** Reads an element of {@code spec.taints}. */
    public static Taint of(ObjectNode json) {
        return new Taint(
                Json.text(json, "key"),
                Json.text(json, "value"),
                Json.text(json, "effect"),
                Json.text(json, "timeAdded"));
    }

    /** Whether it is the same taint, whenever it was added. */
    public boolean is(String otherKey, String otherEffect) {
        return key.equals(otherKey) && effect.equals(otherEffect);
    }

    /** The JSON form. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("key", key);
        if (!value.isEmpty()) {
            json.put("value", value);
        }
        json.put("effect", effect);
        if (!timeAdded.isEmpty()) {
            json.put("timeAdded", timeAdded);
        }
        return json;
    }
}
