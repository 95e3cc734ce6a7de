package dev.pilothouse.server.registry;

import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The finalizers of an object's metadata. */
final class Finalizers {

    /** The garbage collector takes the object's uid out of its dependents before it goes. */
    static final String ORPHAN = "orphan";

    /** The garbage collector deletes the dependents first. */
    static final String FOREGROUND = "foregroundDeletion";

    private Finalizers() {}

    /** The finalizers in a metadata object. */
    static List<String> of(ObjectNode metadata) {
        ArrayNode array = Json.arrayAt(metadata, "finalizers");
        if (array == null) {
            return List.of();
        }
        List<String> finalizers = new ArrayList<>();
        for (JsonNode finalizer : array) {
            finalizers.add(finalizer.asString(""));
        }
        return finalizers;
    }

    /** Replaces the finalizers in a metadata object. */
    static void set(ObjectNode metadata, List<String> finalizers) {
        if (finalizers.isEmpty()) {
            metadata.remove("finalizers");
        } else {
            ArrayNode array = metadata.putArray("finalizers");
            finalizers.forEach(array::add);
        }
    }
}
