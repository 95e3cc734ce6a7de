package dev.pilothouse.server.record;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ObjectMeta;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an event is about.
 *
 * @param apiVersion group and version
 * @param kind the kind
 * @param namespace empty for cluster-scoped objects
 * @param name the name
 * @param uid the uid
 * @param resourceVersion the revision that was seen, or empty
 * @param fieldPath a part of the object such as {@code spec.containers{web}}, or empty
 */
public record ObjectReference(
        String apiVersion,
        String kind,
        String namespace,
        String name,
        String uid,
        String resourceVersion,
        String fieldPath) {

    /** An object of which the metadata is known. */
    public static ObjectReference of(String apiVersion, String kind, ObjectMeta meta) {
        return new ObjectReference(
                apiVersion,
                kind,
                meta.namespace(),
                meta.name(),
                meta.uid(),
                meta.resourceVersion(),
                "");
    }

    /** An object, whose tree need not say what it is. */
    public static ObjectReference of(String apiVersion, String kind, ObjectNode object) {
        JsonNode meta = object.path("metadata");
        return new ObjectReference(
                apiVersion,
                kind,
                Json.text(meta, "namespace"),
                Json.text(meta, "name"),
                Json.text(meta, "uid"),
                Json.text(meta, "resourceVersion"),
                "");
    }

    /** A part of the same object. */
    public ObjectReference at(String path) {
        return new ObjectReference(apiVersion, kind, namespace, name, uid, resourceVersion, path);
    }

    ObjectNode toJson() {
        ObjectNode reference = Json.object();
        reference.put("kind", kind);
        put(reference, "namespace", namespace);
        reference.put("name", name);
        put(reference, "uid", uid);
        reference.put("apiVersion", apiVersion);
        put(reference, "resourceVersion", resourceVersion);
        put(reference, "fieldPath", fieldPath);
        return reference;
    }

    private static void put(ObjectNode reference, String field, String value) {
        if (!value.isEmpty()) {
            reference.put(field, value);
        }
    }
}
