package dev.pilothouse.server.endpoints;

import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import java.util.Map;

/** Sends resource requests of some groups to handlers of their own, and all others on. */
public final class GroupRoutes implements ApiHandler {

    private final Map<String, ApiHandler> groups;
    private final ApiHandler others;

    /**
     * Routes.
     *
     * @param groups handlers by API group
     * @param others answers all other requests
     */
    public GroupRoutes(Map<String, ApiHandler> groups, ApiHandler others) {
        this.groups = Map.copyOf(groups);
        this.others = others;
    }

    @Override
    public boolean mayBlock(ApiRequest request) {
        return handler(request).mayBlock(request);
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        return handler(request).handle(request);
    }

    private ApiHandler handler(ApiRequest request) {
        return groups.getOrDefault(request.info().group(), others);
    }
}
