package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.scheme.ResourceKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Resources that are answered without stored objects: reviews, component statuses, bindings. */
public final class VirtualResources {

    private final Map<GroupResource, VerbHandler> handlers;

    VirtualResources(Map<GroupResource, VerbHandler> handlers) {
        this.handlers = Map.copyOf(handlers);
    }

    @Nullable VerbHandler handler(ResourceKind kind) {
        return handlers.get(kind.groupResource());
    }
}
