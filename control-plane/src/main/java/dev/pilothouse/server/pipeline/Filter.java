package dev.pilothouse.server.pipeline;

/** One concern of the request chain. */
@FunctionalInterface
public interface Filter {

    /** A handler that does this filter's work around {@code next}. */
    ApiHandler wrap(ApiHandler next);
}
