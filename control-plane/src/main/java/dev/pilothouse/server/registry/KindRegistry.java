package dev.pilothouse.server.registry;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.model.scheme.Scheme;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The kinds served now: the built-in ones, and those of custom resource definitions, which come and
 * go.
 */
public final class KindRegistry implements Scheme {

    private final List<ResourceKind> builtIn;
    private final Map<GroupResource, List<ResourceKind>> custom = new LinkedHashMap<>();
    private final List<Consumer<GroupResource>> listeners = new CopyOnWriteArrayList<>();
    private volatile Index index;

    /** Starts with these kinds. */
    public KindRegistry(List<ResourceKind> builtIn) {
        this.builtIn = List.copyOf(builtIn);
        this.index = Index.of(builtIn);
    }

    /**
     * Serves a custom resource in these versions instead of those it was served in before; none to
     * stop serving it.
     */
    public synchronized void setCustom(GroupResource resource, List<ResourceKind> versions) {
        if (versions.isEmpty()) {
            custom.remove(resource);
        } else {
            custom.put(resource, List.copyOf(versions));
        }
        List<ResourceKind> all = new ArrayList<>(builtIn);
        custom.values().forEach(all::addAll);
        index = Index.of(all);
    }

    /** Has somebody told whenever a custom resource is served otherwise than before, or no more. */
    public void onChange(Consumer<GroupResource> listener) {
        listeners.add(listener);
    }

    /** Tells that a custom resource is served otherwise than before, or no more. */
    public void changed(GroupResource resource) {
        listeners.forEach(listener -> listener.accept(resource));
    }

    @Override
    public @Nullable ResourceKind byResource(GroupVersionResource resource) {
        return index.byResource.get(resource);
    }

    @Override
    public @Nullable ResourceKind byKind(GroupVersionKind kind) {
        return index.byKind.get(kind);
    }

    @Override
    public @Nullable ResourceKind storageKind(GroupResource stored) {
        return index.byStorage.get(stored);
    }

    @Override
    public Collection<ResourceKind> all() {
        return index.all;
    }

    private record Index(
            List<ResourceKind> all,
            Map<GroupVersionResource, ResourceKind> byResource,
            Map<GroupVersionKind, ResourceKind> byKind,
            Map<GroupResource, ResourceKind> byStorage) {

        static Index of(List<ResourceKind> kinds) {
            Map<GroupVersionResource, ResourceKind> byResource = new HashMap<>();
            Map<GroupVersionKind, ResourceKind> byKind = new HashMap<>();
            Map<GroupResource, ResourceKind> byStorage = new HashMap<>();
            for (ResourceKind kind : kinds) {
                byResource.put(kind.resource(), kind);
                byKind.put(kind.gvk(), kind);
                if (kind.isStorageVersion()) {
                    byStorage.put(kind.storage().groupResource(), kind);
                }
            }
            return new Index(List.copyOf(kinds), byResource, byKind, byStorage);
        }
    }
}
