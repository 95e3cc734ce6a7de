package dev.pilothouse.server.bootstrap;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.model.scheme.Scheme;
import dev.pilothouse.server.registry.ResourceStore;
import dev.pilothouse.server.registry.ResourceStores;
import dev.pilothouse.server.registry.WriteContext;
import dev.pilothouse.server.request.UserInfo;
import java.time.InstantSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the first objects of a cluster, each only when it is missing: the user may have changed it
 * since. Source: kube-apiserver's post-start hooks.
 */
public final class Bootstrap {

    private static final UserInfo API_SERVER = UserInfo.of("system:apiserver", UserInfo.MASTERS);

    private final Scheme scheme;
    private final ResourceStores stores;
    private final InstantSource clock;

    /** Writes to these stores. */
    public Bootstrap(Scheme scheme, ResourceStores stores, InstantSource clock) {
        this.scheme = scheme;
        this.stores = stores;
        this.clock = clock;
    }

    /**
     * Makes what is missing.
     *
     * @param address where the API server listens, for the endpoints of the Service {@code
     *     kubernetes}
     * @param port its port
     */
    public void run(String address, int port) {
        for (FirstObjects.FirstObject first : FirstObjects.all(scheme)) {
            ensure(first.resource(), first.object());
        }
        for (FirstObjects.FirstObject endpoints : ApiServerEndpoints.of(address, port)) {
            replace(endpoints.resource(), endpoints.object());
        }
    }

    private void ensure(GroupVersionResource resource, ObjectNode object) {
        ResourceKind kind = kind(resource);
        ResourceStore store = stores.of(kind);
        String namespace = Json.text(object, "metadata", "namespace");
        if (store.find(namespace, Json.text(object, "metadata", "name")) == null) {
            create(kind, store, namespace, object);
        }
    }

    private void create(
            ResourceKind kind, ResourceStore store, String namespace, ObjectNode object) {
        store.strategy().setDefaults(object);
        try {
            store.create(object, namespace, context(kind));
        } catch (ApiException e) {
            // A Service may have taken the first address before the API server's own was there.
            if (e.reason() != StatusReason.ALREADY_EXISTS) {
                throw e;
            }
        }
    }

    private void replace(GroupVersionResource resource, ObjectNode object) {
        ResourceKind kind = kind(resource);
        ResourceStore store = stores.of(kind);
        String namespace = Json.text(object, "metadata", "namespace");
        String name = Json.text(object, "metadata", "name");
        if (store.find(namespace, name) == null) {
            create(kind, store, namespace, object);
            return;
        }
        store.strategy().setDefaults(object);
        store.update(namespace, name, _ -> object.deepCopy(), context(kind));
    }

    private ResourceKind kind(GroupVersionResource resource) {
        ResourceKind kind = scheme.byResource(resource);
        if (kind == null) {
            throw new IllegalStateException("the server does not serve " + resource);
        }
        return kind;
    }

    private WriteContext context(ResourceKind kind) {
        return WriteContext.internal(kind, API_SERVER, clock.instant(), "start of the cluster");
    }
}
