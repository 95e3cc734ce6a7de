package dev.pilothouse.server.pipeline.filters;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.pipeline.AuditSink;
import dev.pilothouse.server.pipeline.ChainedHandler;
import dev.pilothouse.server.pipeline.Filter;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import java.time.Duration;

/** Tells the audit sink of every request once its answer is ready. */
record AuditFilter(AuditSink sink) implements Filter {

    @Override
    public ApiHandler wrap(ApiHandler next) {
        return new ChainedHandler(next) {
            @Override
            public ApiResponse handle(ApiRequest request) {
                long start = System.nanoTime();
                int status = 500;
                try {
                    ApiResponse response = next.handle(request);
                    status = response.status();
                    return response;
                } catch (ApiException e) {
                    status = e.status().code();
                    throw e;
                } finally {
                    sink.answered(request, status, Duration.ofNanos(System.nanoTime() - start));
                }
            }
        };
    }
}
