package dev.pilothouse.server.pipeline.filters;

import dev.pilothouse.server.authn.Authenticator;
import dev.pilothouse.server.authz.Authorizer;
import dev.pilothouse.server.metrics.MetricsRegistry;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.pipeline.AuditSink;
import dev.pilothouse.server.pipeline.ErrorWriter;
import dev.pilothouse.server.pipeline.Filter;
import dev.pilothouse.server.request.RequestInfoResolver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The request chain: what happens to every request, in which order. */
public final class HandlerChain {

    private HandlerChain() {}

    /**
     * What the filters work with.
     *
     * @param requestTimeout how long requests other than streams may take
     */
    public record Parts(
            ErrorWriter errors,
            RequestInfoResolver requestInfo,
            MetricsRegistry metrics,
            Duration requestTimeout,
            Authenticator authenticator,
            AuditSink audit,
            Authorizer authorizer,
            RateLimits rateLimits,
            InstantSource clock) {}

    /** The filters, outermost first. The order matters; add new ones here. */
    static List<Filter> filters(Parts parts) {
        return List.of(
                new RequestIdFilter(),
                new PanicGuardFilter(parts.errors()),
                new RequestInfoFilter(parts.requestInfo()),
                new MetricsFilter(parts.metrics()),
                new DeadlineFilter(parts.requestTimeout()),
                new AuthenticationFilter(parts.authenticator()),
                new AuditFilter(parts.audit()),
                new ImpersonationFilter(parts.authorizer()),
                new RateLimitFilter(parts.rateLimits(), parts.clock(), parts.errors()),
                new AuthorizationFilter(parts.authorizer()));
    }

    /** The chain in front of a router. */
    public static ApiHandler of(Parts parts, ApiHandler router) {
        ApiHandler handler = router;
        for (Filter filter : filters(parts).reversed()) {
            handler = filter.wrap(handler);
        }
        return handler;
    }
}
