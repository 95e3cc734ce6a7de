package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.scheme.ResourceKind;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is known of the versions of custom resources beyond how they are served. Thread-safe. */
public final class CustomResources {

    private final Map<GroupVersionResource, CustomResourceVersion> versions =
            new ConcurrentHashMap<>();

    /** The version that a kind stands for, or null when it is built in or gone. */
    public @Nullable CustomResourceVersion find(ResourceKind kind) {
        return kind.custom() ? versions.get(kind.resource()) : null;
    }

    @Nullable CustomResourceVersion find(GroupVersionResource version) {
        return versions.get(version);
    }

    void add(CustomResourceVersion version) {
        versions.put(version.kind().resource(), version);
    }

    void removeAll(Collection<CustomResourceVersion> gone) {
        gone.forEach(version -> versions.remove(version.kind().resource(), version));
    }
}
