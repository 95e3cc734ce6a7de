package dev.pilothouse.server.pipeline.filters;

import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.pipeline.Filter;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import dev.pilothouse.server.request.RequestInfoResolver;

/** Finds out what the request is about. */
record RequestInfoFilter(RequestInfoResolver resolver) implements Filter {

    @Override
    public ApiHandler wrap(ApiHandler next) {
        return new ApiHandler() {
            @Override
            public ApiResponse handle(ApiRequest request) {
                return next.handle(informed(request));
            }

            @Override
            public boolean mayBlock(ApiRequest request) {
                return next.mayBlock(informed(request));
            }
        };
    }

    private ApiRequest informed(ApiRequest request) {
        return request.withInfo(
                resolver.resolve(request.method(), request.path(), request.query()));
    }
}
