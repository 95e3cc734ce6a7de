package dev.pilothouse.model.scheme;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.schema.ResourceSchema;
import dev.pilothouse.model.schema.TypeSchema;

/**
 * A kind in one served version: how it is served and what its objects look like.
 *
 * @param served names, scope, verbs, columns and subresources
 * @param type the structure of its objects
 * @param storage group, version and resource under which its objects are stored; the same for all
 *     versions of a resource, and core/v1 for both event resources
 * @param custom whether it comes from a custom resource definition
 * @param mixed whether stored objects may still bear another version than that of {@code storage}
 *     because the storage version has changed
 */
public record ResourceKind(
        ResourceSchema served,
        TypeSchema type,
        GroupVersionResource storage,
        boolean custom,
        boolean mixed) {

    /** A kind whose objects are all stored in one version. */
    public ResourceKind(
            ResourceSchema served, TypeSchema type, GroupVersionResource storage, boolean custom) {
        this(served, type, storage, custom, false);
    }

    /** Group, version and plural name. */
    public GroupVersionResource resource() {
        return served.resource();
    }

    /** Group and plural name. */
    public GroupResource groupResource() {
        return served.resource().groupResource();
    }

    /** Group, version and kind. */
    public GroupVersionKind gvk() {
        return served.gvk();
    }

    /** Whether objects live in namespaces. */
    public boolean namespaced() {
        return served.namespaced();
    }

    /** Whether this is the version in which objects are stored. */
    public boolean isStorageVersion() {
        return storage.equals(served.resource());
    }

    /**
     * Whether objects are, or may be, stored in another version than this one, so that they must be
     * converted.
     */
    public boolean needsConversion() {
        return mixed || !isStorageVersion();
    }
}
