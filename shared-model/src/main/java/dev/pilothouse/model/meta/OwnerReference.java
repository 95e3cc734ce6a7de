package dev.pilothouse.model.meta;

import dev.pilothouse.model.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says that an object belongs to another one of the same namespace, or to a cluster-scoped one.
 * Source: meta/v1 OwnerReference.
 *
 * @param apiVersion group and version of the owner
 * @param kind kind of the owner
 * @param name name of the owner
 * @param uid uid of the owner
 * @param controller whether the owner is the managing controller
 * @param blocksOwnerDeletion whether an owner that is deleted in the foreground waits for the
 *     object
 */
public record OwnerReference(
        String apiVersion,
        String kind,
        String name,
        String uid,
        boolean controller,
        boolean blocksOwnerDeletion) {

    /** Reads an element of {@code metadata.ownerReferences}. */
    public static OwnerReference fromJson(ObjectNode json) {
        return new OwnerReference(
                Json.text(json, "apiVersion"),
                Json.text(json, "kind"),
                Json.text(json, "name"),
                Json.text(json, "uid"),
                Json.bool(json, "controller"),
                Json.bool(json, "blockOwnerDeletion"));
    }

    /** The kind of the owner. */
    public GroupVersionKind gvk() {
        return GroupVersionKind.of(apiVersion, kind);
    }
}
