package dev.pilothouse.model.meta;

import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who an object is, whose it is, and whether it is going away: a small part of its metadata, to be
 * kept for many objects. Immutable.
 *
 * @param namespace empty for cluster-scoped objects
 * @param name the name
 * @param uid the uid
 * @param resourceVersion the revision
 * @param deletionTimestamp empty unless the object is going away
 * @param finalizers what holds it
 * @param owners to whom it belongs
 */
public record ObjectMeta(
        String namespace,
        String name,
        String uid,
        String resourceVersion,
        String deletionTimestamp,
        List<String> finalizers,
        List<OwnerReference> owners) {

    /** The finalizer of an object that goes after its dependents. */
    public static final String FOREGROUND_DELETION = "foregroundDeletion";

    /** The finalizer of an object whose dependents stay. */
    public static final String ORPHAN_DEPENDENTS = "orphan";

    /** Copies the lists. */
    public ObjectMeta {
        finalizers = List.copyOf(finalizers);
        owners = List.copyOf(owners);
    }

    /** Reads the metadata of a whole object. */
    public static ObjectMeta of(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        List<String> finalizers = new ArrayList<>();
        ArrayNode array = Json.arrayAt(metadata, "finalizers");
        if (array != null) {
            array.forEach(finalizer -> finalizers.add(finalizer.asString("")));
        }
        return new ObjectMeta(
                Json.text(metadata, "namespace"),
                Json.text(metadata, "name"),
                Json.text(metadata, "uid"),
                Json.text(metadata, "resourceVersion"),
                Json.text(metadata, "deletionTimestamp"),
                finalizers,
                Json.objects(metadata, "ownerReferences").stream()
                        .map(OwnerReference::fromJson)
                        .toList());
    }

    /** Whether the object is going away. */
    public boolean deleting() {
        return !deletionTimestamp.isEmpty();
    }

    /** Whether it is going away and waits for its dependents to go first. */
    public boolean deletingDependents() {
        return deleting() && finalizers.contains(FOREGROUND_DELETION);
    }

    /** Whether it is going away and waits for its dependents to be told that they stay. */
    public boolean orphaningDependents() {
        return deleting() && finalizers.contains(ORPHAN_DEPENDENTS);
    }
}
