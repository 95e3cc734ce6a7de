package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.schema.ResourceSchema.Subresource;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.model.scheme.Scheme;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.registry.ResourceStores;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.RequestInfo;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the kind and the verb of a resource request. */
public final class ResourceRouter implements ApiHandler {

    /** Source: the prerelease-lifecycle marks in k8s.io/api core/v1/types.go. */
    private static final Map<GroupVersionKind, String> DEPRECATIONS =
            Map.of(
                    new GroupVersionKind("", "v1", "ComponentStatus"),
                    "v1 ComponentStatus is deprecated in v1.19+",
                    new GroupVersionKind("", "v1", "Endpoints"),
                    "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");

    private final Scheme scheme;
    private final ResourceStores stores;
    private final Verbs verbs;
    private final Subresources subresources;
    private final VirtualResources virtual;

    /**
     * A router.
     *
     * @param scheme what is served
     * @param stores where objects are
     * @param verbs the verbs on objects
     * @param subresources the subresources
     * @param virtual resources without stored objects
     */
    public ResourceRouter(
            Scheme scheme,
            ResourceStores stores,
            Verbs verbs,
            Subresources subresources,
            VirtualResources virtual) {
        this.scheme = scheme;
        this.stores = stores;
        this.verbs = verbs;
        this.subresources = subresources;
        this.virtual = virtual;
    }

    @Override
    public boolean mayBlock(ApiRequest request) {
        RequestInfo info = request.info();
        if (!request.method().equals("GET") || !info.subresource().isEmpty()) {
            return true;
        }
        ResourceKind kind = scheme.byResource(info.gvr());
        if (kind != null && kind.custom() && kind.needsConversion()) {
            return true;
        }
        String revision = request.query().text("resourceVersion");
        boolean fresh = revision.isEmpty() || revision.equals("0");
        return switch (info.verb()) {
            case "get" -> !fresh;
            case "watch" -> false;
            case "list" -> !fresh || request.query().has("continue") || isTransformed(request);
            default -> true;
        };
    }

    private static boolean isTransformed(ApiRequest request) {
        return request.headers().text("accept").contains("as=");
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        ResourceKind kind = scheme.byResource(request.info().gvr());
        if (kind == null) {
            throw ApiException.noSuchPath();
        }
        ApiResponse response = handle(request, kind);
        String deprecation = DEPRECATIONS.get(kind.gvk());
        return deprecation == null
                ? response
                : response.withHeader("Warning", Warnings.header(deprecation));
    }

    private ApiResponse handle(ApiRequest request, ResourceKind kind) {
        RequestInfo info = request.info();
        VerbHandler special = virtual.handler(kind);
        if (special != null) {
            return special.handle(new ResourceCall(request, kind, stores.of(kind)));
        }
        ResourceCall call = new ResourceCall(request, kind, stores.of(kind));
        if (info.subresource().isEmpty()) {
            return object(call);
        }
        return subresource(call);
    }

    private ApiResponse object(ResourceCall call) {
        RequestInfo info = call.info();
        if (!call.kind().namespaced() && !info.namespace().isEmpty() && !isNamespaces(info)) {
            throw ApiException.noSuchPath();
        }
        if (!call.kind().served().verbs().contains(info.verb())) {
            throw call.methodNotAllowed();
        }
        VerbHandler handler = verbs.of(info.verb());
        boolean wrongMethod = info.verb().equals("watch") && !call.request().method().equals("GET");
        if (handler == null || wrongMethod || !fits(info)) {
            throw call.methodNotAllowed();
        }
        if (onObject(info.verb()) && call.kind().namespaced() && info.namespace().isEmpty()) {
            throw ApiException.noSuchPath();
        }
        return handler.handle(call);
    }

    /** Whether the path names an object where the verb needs one, and none where it makes one. */
    private static boolean fits(RequestInfo info) {
        if (info.verb().equals("create")) {
            return info.parts().size() == 1;
        }
        return onObject(info.verb()) == !info.name().isEmpty() || !onObject(info.verb());
    }

    private static boolean onObject(String verb) {
        return switch (verb) {
            case "get", "update", "patch", "delete" -> true;
            default -> false;
        };
    }

    private ApiResponse subresource(ResourceCall call) {
        Subresource subresource =
                call.kind().served().subresources().get(call.info().subresource());
        SubresourceHandler handler =
                subresource == null ? null : subresources.handler(call.kind(), subresource.name());
        if (subresource == null || handler == null) {
            throw ApiException.noSuchPath();
        }
        boolean allowed =
                subresource.verbs().contains(call.info().verb())
                        || subresource.connectMethods().contains(methodOf(call.request()));
        if (!allowed) {
            throw call.methodNotAllowed();
        }
        return handler.handle(call);
    }

    private static String methodOf(ApiRequest request) {
        return request.method().toLowerCase(Locale.ROOT);
    }

    private static boolean isNamespaces(RequestInfo info) {
        return info.group().isEmpty() && info.resource().equals("namespaces");
    }

    /** The verbs on objects by name. */
    public static final class Verbs {

        private final Map<String, VerbHandler> handlers;

        Verbs(Map<String, VerbHandler> handlers) {
            this.handlers = Map.copyOf(handlers);
        }

        @Nullable VerbHandler of(String verb) {
            return handlers.get(verb);
        }
    }
}
