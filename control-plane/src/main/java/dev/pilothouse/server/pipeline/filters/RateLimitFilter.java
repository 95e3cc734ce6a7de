package dev.pilothouse.server.pipeline.filters;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.pipeline.ApiHandler;
import dev.pilothouse.server.pipeline.ChainedHandler;
import dev.pilothouse.server.pipeline.ErrorWriter;
import dev.pilothouse.server.pipeline.Filter;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import java.time.InstantSource;

/**
 * Answers 429 to users who send too many requests, and puts {@code X-RateLimit-Limit}, {@code
 * -Remaining} and {@code -Reset} (Unix time in seconds) on every answer to an identified user,
 * failures included. Who has no limit sees {@link RateLimits#UNLIMITED} for the first two.
 */
final class RateLimitFilter implements Filter {

    private final RateLimits limits;
    private final RateLimiter limiter;
    private final ErrorWriter errors;

    RateLimitFilter(RateLimits limits, InstantSource clock, ErrorWriter errors) {
        this.limits = limits;
        this.limiter = new RateLimiter(clock);
        this.errors = errors;
    }

    @Override
    public ApiHandler wrap(ApiHandler next) {
        return new ChainedHandler(next) {
            @Override
            public ApiResponse handle(ApiRequest request) {
                return limited(next, request);
            }
        };
    }

    private ApiResponse limited(ApiHandler next, ApiRequest request) {
        RateLimiter.Permit permit =
                limiter.take(request.user().name(), limits.rule(request.user(), request.info()));
        ApiResponse response =
                permit.retryAfterSeconds() == 0
                        ? errors.answer(next, request)
                        : errors.write(
                                request,
                                ApiException.tooManyRequests(
                                        "Too many requests, please try again later.",
                                        permit.retryAfterSeconds()));
        return response.withHeader("X-RateLimit-Limit", String.valueOf(permit.limit()))
                .withHeader("X-RateLimit-Remaining", String.valueOf(permit.remaining()))
                .withHeader("X-RateLimit-Reset", String.valueOf(permit.resetSeconds()));
    }
}
