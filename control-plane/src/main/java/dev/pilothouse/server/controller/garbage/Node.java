package dev.pilothouse.server.controller.garbage;

import dev.pilothouse.model.client.ApiResource;
import dev.pilothouse.model.meta.ObjectMeta;
import dev.pilothouse.model.meta.OwnerReference;

/**
 * An object in the graph.
 *
 * @param kind its kind
 * @param meta its metadata as last seen
 */
record Node(ApiResource kind, ObjectMeta meta) {

    /** Whether this is the object that a dependent in that namespace refers to. */
    boolean isMeantBy(OwnerReference reference, String dependentNamespace) {
        return reference.uid().equals(meta.uid())
                && reference.name().equals(meta.name())
                && reference.kind().equals(kind.gvk().kind())
                && reference.gvk().group().equals(kind.gvk().group())
                && (!kind.namespaced() || meta.namespace().equals(dependentNamespace));
    }

    /** Whether an owner of this uid has to wait for this object. */
    boolean blocks(String owner) {
        return meta.owners().stream()
                .anyMatch(reference ->
                        reference.uid().equals(owner) && reference.blocksOwnerDeletion());
    }
}
