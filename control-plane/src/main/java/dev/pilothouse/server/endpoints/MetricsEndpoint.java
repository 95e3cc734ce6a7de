package dev.pilothouse.server.endpoints;

import dev.pilothouse.server.metrics.MetricsRegistry;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/** Answers {@code /metrics} in the Prometheus text format. */
public final class MetricsEndpoint implements ApiHandler {

    private final MetricsRegistry registry;
    private final AtomicBoolean complete = new AtomicBoolean();

    /** Shows this registry, to which it adds the figures of the process and the JVM. */
    public MetricsEndpoint(MetricsRegistry registry) {
        this.registry = registry;
    }

    @Override
    public ApiResponse handle(ApiRequest request) {
        EndpointMethods.requireRead(request);
        // Not before somebody asks: the JVM takes long to make the beans that know the figures.
        if (!complete.get()) {
            ProcessMetrics.register(registry);
            complete.set(true);
        }
        return ApiResponse.Body.of(
                200,
                "text/plain; version=0.0.4; charset=utf-8",
                registry.text().getBytes(StandardCharsets.UTF_8));
    }
}
