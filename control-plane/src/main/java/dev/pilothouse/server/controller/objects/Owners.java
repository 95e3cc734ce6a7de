package dev.pilothouse.server.controller.objects;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.OwnerReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Whom objects belong to. */
public final class Owners {

    private Owners() {}

    /** The owner that manages the object, or null. */
    public static @Nullable OwnerReference controllerOf(ObjectNode object) {
        for (ObjectNode reference : Json.objects(object, "metadata", "ownerReferences")) {
            if (Json.bool(reference, "controller")) {
                return OwnerReference.fromJson(reference);
            }
        }
        return null;
    }
}
