package dev.pilothouse.server.pipeline.filters;

import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.pipeline.ChainedHandler;
import dev.pilothouse.server.pipeline.ErrorWriter;
import dev.pilothouse.server.pipeline.Filter;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;

/** Turns every failure into a Status answer; what was not expected is logged and hidden. */
record PanicGuardFilter(ErrorWriter errors) implements Filter {

    @Override
    public ApiHandler wrap(ApiHandler next) {
        return new ChainedHandler(next) {
            @Override
            public ApiResponse handle(ApiRequest request) {
                return errors.answer(next, request);
            }
        };
    }
}
