package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.server.authz.Authorizer;
import dev.pilothouse.server.authz.Refusals;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.RequestInfo;

/**
 * A WebSocket is opened with GET, but whoever may only read must not run commands: as with SPDY the
 * verb {@code create} is needed too. Source: Kubernetes 1.35,
 * AuthorizePodWebsocketUpgradeCreatePermission.
 *
 * @param authorizer who may do what
 */
record UpgradeAccess(Authorizer authorizer) {

    /** Refuses with 403 a GET by who may not create. */
    void check(ApiRequest request) {
        RequestInfo info = request.info();
        if (!info.verb().equals("get")) {
            return;
        }
        RequestInfo create =
                new RequestInfo(
                        info.resourceRequest(),
                        info.path(),
                        "create",
                        info.apiPrefix(),
                        info.group(),
                        info.version(),
                        info.namespace(),
                        info.resource(),
                        info.subresource(),
                        info.name(),
                        info.parts());
        var decision = authorizer.authorize(request.user(), create);
        if (!decision.allowed()) {
            throw Refusals.forbidden(request.user(), create, decision.reason());
        }
    }
}
