package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.scheme.ResourceKind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which handler answers which subresource. */
public final class Subresources {

    private final Map<String, SubresourceHandler> shared;
    private final Map<GroupResource, Map<String, SubresourceHandler>> own = new HashMap<>();

    /** Starts with the subresources that mean the same for every kind. */
    Subresources(Map<String, SubresourceHandler> shared) {
        this.shared = Map.copyOf(shared);
    }

    /** Adds a subresource of one resource. Only before requests are served. */
    public Subresources add(
            String group, String resource, String subresource, SubresourceHandler handler) {
        own.computeIfAbsent(new GroupResource(group, resource), _ -> new HashMap<>())
                .put(subresource, handler);
        return this;
    }

    @Nullable SubresourceHandler handler(ResourceKind kind, String subresource) {
        SubresourceHandler handler =
                own.getOrDefault(kind.groupResource(), Map.of()).get(subresource);
        return handler != null ? handler : shared.get(subresource);
    }
}
