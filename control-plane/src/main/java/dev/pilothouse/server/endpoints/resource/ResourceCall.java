package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.Status.Details;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.server.registry.ResourceStore;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.RequestInfo;
import java.util.List;

/**
 * A request about a resource that is served.
 *
 * @param request the request
 * @param kind the kind in the version asked for
 * @param store its objects
 */
public record ResourceCall(ApiRequest request, ResourceKind kind, ResourceStore store) {

    /** What the request is about. */
    public RequestInfo info() {
        return request.info();
    }

    /** Namespace of the object, empty for cluster-scoped kinds. */
    public String namespace() {
        return kind.namespaced() ? info().namespace() : "";
    }

    /** Name of the object, empty for the collection. */
    public String name() {
        return info().name();
    }

    /** The rules for writes in the version asked for. */
    ResourceStrategy strategy() {
        return store.strategy(kind);
    }

    /** How bodies of the version asked for are brought into shape. */
    ObjectConformer shape() {
        ResourceStrategy strategy = strategy();
        return object -> strategy.conform(object, kind.type());
    }

    /** 405 in the words of the router, which knows no resources. */
    ApiException methodNotAllowed() {
        return new ApiException(
                Status.failure(
                        StatusReason.METHOD_NOT_ALLOWED,
                        "the server does not allow this method on the requested resource",
                        new Details("", "", "", "", List.of(), 0)));
    }
}
