package dev.pilothouse.server.pipeline.filters;

import dev.pilothouse.server.authz.Authorizer;
import dev.pilothouse.server.authz.Refusals;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.pipeline.ChainedHandler;
import dev.pilothouse.server.pipeline.Filter;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;

/** Answers 403 unless an authorizer allows the request. */
record AuthorizationFilter(Authorizer authorizer) implements Filter {

    @Override
    public ApiHandler wrap(ApiHandler next) {
        return new ChainedHandler(next) {
            @Override
            public ApiResponse handle(ApiRequest request) {
                var decision = authorizer.authorize(request.user(), request.info());
                if (!decision.allowed()) {
                    throw Refusals.forbidden(request.user(), request.info(), decision.reason());
                }
                return next.handle(request);
            }
        };
    }
}
