package dev.pilothouse.server.controller.objects;

import dev.pilothouse.model.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Names an object of a known kind.
 *
 * @param namespace empty for cluster-scoped objects
 * @param name the name
 */
public record NamespacedName(String namespace, String name) {

    /** The name of an object. */
    public static NamespacedName of(ObjectNode object) {
        return new NamespacedName(
                Json.text(object, "metadata", "namespace"), Json.text(object, "metadata", "name"));
    }

    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
