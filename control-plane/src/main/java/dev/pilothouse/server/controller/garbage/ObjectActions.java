package dev.pilothouse.server.controller.garbage;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.ApiResource;
import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.DeleteOptions.Propagation;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.ObjectMeta;
import dev.pilothouse.model.meta.OwnerReference;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.StatusReason;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the collector does to objects, of any kind. All changes are merge patches that name the
 * revision they were made for, since strategic patches are not for custom kinds; a conflict is
 * thrown and the whole decision made anew.
 */
final class ObjectActions {

    private final ApiClient client;

    ObjectActions(ApiClient client) {
        this.client = client;
    }

    /**
     * The metadata of an object as it is now, or null when there is none.
     *
     * @throws ApiException also when its kind is not served
     */
    @Nullable ObjectMeta find(ApiResource kind, String namespace, String name) {
        ObjectNode object = findTree(kind, namespace, name);
        return object == null ? null : ObjectMeta.of(object);
    }

    /** Deletes an object if it is still in this state. */
    void delete(ApiResource kind, ObjectMeta object, Propagation propagation) {
        DeleteOptions options =
                DeleteOptions.of(propagation).only(object.uid(), object.resourceVersion());
        try {
            client.metadata(kind.resource()).delete(object.namespace(), object.name(), options);
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Takes owners from an object. */
    void removeOwners(ApiResource kind, ObjectMeta object, Predicate<OwnerReference> removed) {
        patchOwners(
                kind,
                object,
                reference -> removed.test(OwnerReference.fromJson(reference)) ? null : reference);
    }

    /** Has no owner of an object wait for it. */
    void unblockOwners(ApiResource kind, ObjectMeta object) {
        patchOwners(kind, object, reference -> reference.put("blockOwnerDeletion", false));
    }

    /** Takes a finalizer from an object. */
    void removeFinalizer(ApiResource kind, ObjectMeta object, String finalizer) {
        ObjectMeta now = find(kind, object.namespace(), object.name());
        if (now == null
                || !now.uid().equals(object.uid())
                || !now.finalizers().contains(finalizer)) {
            return;
        }
        ObjectNode patch = patchOf(now);
        ArrayNode kept = Json.array();
        now.finalizers().stream().filter(other -> !other.equals(finalizer)).forEach(kept::add);
        patch(kind, now, put(patch, "finalizers", kept));
    }

    /** Makes something else of an owner reference, or null to leave it out. */
    private interface Change {
        @Nullable ObjectNode apply(ObjectNode reference);
    }

    private void patchOwners(ApiResource kind, ObjectMeta object, Change change) {
        ObjectNode tree = findTree(kind, object.namespace(), object.name());
        if (tree == null || !ObjectMeta.of(tree).uid().equals(object.uid())) {
            return;
        }
        List<ObjectNode> present = Json.objects(tree, "metadata", "ownerReferences");
        ObjectNode patch = patchOf(ObjectMeta.of(tree));
        ArrayNode kept = Json.array();
        boolean changed = false;
        for (ObjectNode reference : present) {
            ObjectNode other = change.apply(reference.deepCopy());
            changed |= !reference.equals(other);
            if (other != null) {
                kept.add(other);
            }
        }
        if (changed) {
            patch(kind, object, put(patch, "ownerReferences", kept));
        }
    }

    /** Sets a list, or takes it away where nothing is left in it. */
    private static ObjectNode put(ObjectNode patch, String field, ArrayNode list) {
        Json.child(patch, "metadata").set(field, list.isEmpty() ? Json.object().nullNode() : list);
        return patch;
    }

    private void patch(ApiResource kind, ObjectMeta object, ObjectNode patch) {
        try {
            client.metadata(kind.resource())
                    .patch(object.namespace(), object.name(), PatchForm.MERGE, patch);
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND) {
                throw e;
            }
        }
    }

    private static ObjectNode patchOf(ObjectMeta object) {
        ObjectNode patch = Json.object();
        patch.putObject("metadata")
                .put("uid", object.uid())
                .put("resourceVersion", object.resourceVersion());
        return patch;
    }

    private @Nullable ObjectNode findTree(ApiResource kind, String namespace, String name) {
        try {
            return client.metadata(kind.resource()).get(namespace, name);
        } catch (ApiException e) {
            Status.Details details = e.status().details();
            // A path that is not served is also not found, but says nothing about the object.
            if (e.reason() == StatusReason.NOT_FOUND
                    && details != null
                    && details.name().equals(name)) {
                return null;
            }
            throw e;
        }
    }
}
