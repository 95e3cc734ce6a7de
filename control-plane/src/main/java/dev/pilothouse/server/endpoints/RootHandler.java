package dev.pilothouse.server.endpoints;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends each request to the handler of its path. */
public final class RootHandler implements ApiHandler {

    /**
     * A handler and its paths.
     *
     * @param path the path, and where {@code below} holds the start of all paths under it
     * @param below whether paths under it belong to it as well
     * @param handler answers them
     */
    public record Route(String path, boolean below, ApiHandler handler) {

        boolean matches(String requested) {
            return requested.equals(path)
                    || requested.equals(path + "/")
                    || (below && requested.startsWith(path + "/"));
        }
    }

    private final ApiHandler resources;
    private final DiscoveryEndpoints discovery;
    private final List<Route> routes;

    /**
     * A root.
     *
     * @param resources answers requests about resources
     * @param discovery answers the paths above resources
     * @param routes everything else, first match wins
     */
    public RootHandler(ApiHandler resources, DiscoveryEndpoints discovery, List<Route> routes) {
        this.resources = resources;
        this.discovery = discovery;
        this.routes = List.copyOf(routes);
    }

    @Override
    public boolean mayBlock(ApiRequest request) {
        ApiHandler handler = find(request);
        return handler != null && handler.mayBlock(request);
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        ApiHandler handler = find(request);
        if (handler == null) {
            throw ApiException.noSuchPath();
        }
        return handler.handle(request);
    }

    private @Nullable ApiHandler find(ApiRequest request) {
        if (request.info().resourceRequest()) {
            return resources;
        }
        for (Route route : routes) {
            if (route.matches(request.path())) {
                return route.handler();
            }
        }
        String path = request.path();
        boolean slash = path.length() > 1 && path.endsWith("/");
        return discovery.serves(slash ? path.substring(0, path.length() - 1) : path)
                ? discovery
                : null;
    }
}
