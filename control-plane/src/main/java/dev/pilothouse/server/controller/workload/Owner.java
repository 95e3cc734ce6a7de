package dev.pilothouse.server.controller.workload;

import dev.pilothouse.model.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The controller that an object's owner references name. */
public record Owner(String kind, String name, String uid) {

    /** The managing controller of an object, or null. */
    public static @Nullable Owner controllerOf(ObjectNode object) {
        for (ObjectNode reference : Json.objects(object, "metadata", "ownerReferences")) {
            if (Json.bool(reference, "controller")) {
                return new Owner(
                        Json.text(reference, "kind"),
                        Json.text(reference, "name"),
                        Json.text(reference, "uid"));
            }
        }
        return null;
    }
}
