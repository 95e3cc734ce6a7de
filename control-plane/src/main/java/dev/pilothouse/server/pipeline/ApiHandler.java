package dev.pilothouse.server.pipeline;

import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;

/**
 * Answers requests. Thread-safe. Failures are thrown as {@link
 * dev.pilothouse.model.meta.ApiException}.
 */
@FunctionalInterface
public interface ApiHandler {

    /** Answers a request; may block unless {@link #mayBlock} says otherwise. */
    ApiResponse handle(ApiRequest request);

    /**
     * Whether handling this request may wait for disk, other requests or the network. Such requests
     * get a virtual thread; the others are answered on the I/O thread that read them.
     */
    default boolean mayBlock(ApiRequest request) {
        return true;
    }
}
