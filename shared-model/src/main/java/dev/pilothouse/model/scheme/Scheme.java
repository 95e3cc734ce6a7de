package dev.pilothouse.model.scheme;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.GroupVersionResource;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The kinds that are served at this moment: built-in ones and those of custom resource definitions.
 * Thread-safe.
 */
public interface Scheme {

    /** The kind served at that resource path, or null. */
    @Nullable ResourceKind byResource(GroupVersionResource resource);

    /** The kind of that name, or null. */
    @Nullable ResourceKind byKind(GroupVersionKind kind);

    /**
     * The kind in whose form objects stored under that resource are kept, or null when nothing
     * serves it.
     */
    @Nullable ResourceKind storageKind(GroupResource stored);

    /** Every served kind in every served version. */
    Collection<ResourceKind> all();
}
