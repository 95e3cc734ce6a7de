package dev.pilothouse.server.pipeline;

import dev.pilothouse.server.request.ApiRequest;
import java.time.Duration;

/** Hears of every identified request after it has been answered. Thread-safe; must not block. */
@FunctionalInterface
public interface AuditSink {

    /** Hears nothing. */
    AuditSink NONE = (request, status, duration) -> {};

    /**
     * A request was answered.
     *
     * @param request with the user who authenticated and the request info
     * @param status HTTP status of the answer
     * @param duration until the answer was ready; the body of a stream comes after
     */
    void answered(ApiRequest request, int status, Duration duration);
}
