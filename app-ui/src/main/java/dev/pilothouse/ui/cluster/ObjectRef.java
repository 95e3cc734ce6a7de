package dev.pilothouse.ui.cluster;

import dev.pilothouse.model.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Names one object.
 *
 * @param kind its kind
 * @param namespace its namespace, empty outside namespaces
 * @param name its name
 * @param uid its identity, empty when it does not matter whether a new object has taken its name
 */
public record ObjectRef(Kind kind, String namespace, String name, String uid) {

    /** An object of a name, whichever has it. */
    public static ObjectRef of(Kind kind, String namespace, String name) {
        return new ObjectRef(kind, namespace, name, "");
    }

    /** The object that its metadata names. */
    public static ObjectRef of(Kind kind, ObjectNode object) {
        return new ObjectRef(
                kind,
                Json.text(object, "metadata", "namespace"),
                Json.text(object, "metadata", "name"),
                Json.text(object, "metadata", "uid"));
    }

    /** The path of the object. */
    public String path() {
        return kind.path(namespace, name);
    }
}
