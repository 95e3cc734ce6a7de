package dev.pilothouse.model.client;

import dev.pilothouse.model.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * How to delete. Source: meta/v1 DeleteOptions.
 *
 * @param propagation what becomes of dependents
 * @param gracePeriodSeconds -1 for the object's own
 * @param uid the object must have this uid; empty for any
 * @param resourceVersion the object must have this revision; empty for any
 */
public record DeleteOptions(
        Propagation propagation, long gracePeriodSeconds, String uid, String resourceVersion) {

    /** What becomes of the dependents of a deleted object. */
    public enum Propagation {
        /** What the kind does by itself. */
        DEFAULT(""),
        /** They go after it. */
        BACKGROUND("Background"),
        /** They go before it. */
        FOREGROUND("Foreground"),
        /** They stay. */
        ORPHAN("Orphan");

        private final String text;

        Propagation(String text) {
            this.text = text;
        }
    }

    /** Nothing said. */
    public static final DeleteOptions DEFAULT = of(Propagation.DEFAULT);

    /** With this policy, whatever the object's state. */
    public static DeleteOptions of(Propagation propagation) {
        return new DeleteOptions(propagation, -1, "", "");
    }

    /** Only the object of this uid in this revision; empty for any. */
    public DeleteOptions only(String requiredUid, String requiredVersion) {
        return new DeleteOptions(propagation, gracePeriodSeconds, requiredUid, requiredVersion);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("kind", "DeleteOptions");
        json.put("apiVersion", "v1");
        if (propagation != Propagation.DEFAULT) {
            json.put("propagationPolicy", propagation.text);
        }
        if (gracePeriodSeconds >= 0) {
            json.put("gracePeriodSeconds", gracePeriodSeconds);
        }
        if (!uid.isEmpty()) {
            Json.child(json, "preconditions").put("uid", uid);
        }
        if (!resourceVersion.isEmpty()) {
            Json.child(json, "preconditions").put("resourceVersion", resourceVersion);
        }
        return json;
    }
}
