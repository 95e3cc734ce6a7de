package dev.pilothouse.server.pipeline;

import dev.pilothouse.model.codec.ContentFormat;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.server.request.Accept;
import dev.pilothouse.server.request.AcceptClause;
import dev.pilothouse.server.request.ApiRequest;
import dev.pilothouse.server.request.ApiResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns failures into Status answers in the format that the client accepts; JSON when it accepts
 * none that we can write. What a client is not to know goes to the log only. Thread-safe.
 */
public final class ErrorWriter {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorWriter.class);

    private final BodyEncoder encoder;

    /** Writes with the given encoder. */
    public ErrorWriter(BodyEncoder encoder) {
        this.encoder = encoder;
    }

    /** The handler's answer, or the answer that tells of its failure. Never throws exceptions. */
    public ApiResponse answer(ApiHandler handler, ApiRequest request) {
        try {
            return handler.handle(request);
        } catch (ApiException e) {
            return write(request, e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            LOG.error("{} {} failed, id {}", request.method(), request.path(), request.id(), e);
            return write(request, unexpected(request));
        }
    }

    /** The answer to a failed request. */
    public ApiResponse write(ApiRequest request, ApiException failure) {
        if (failure.getCause() != null) {
            LOG.warn(
                    "{} {} answered {}, id {}",
                    request.method(),
                    request.path(),
                    failure.status().code(),
                    request.id(),
                    failure.getCause());
        }
        return write(request.headers().text("accept"), failure.status());
    }

    /** A Status as an answer, for a request with this Accept header. */
    public ApiResponse write(String accept, Status status) {
        ContentFormat format = format(accept);
        ApiResponse response =
                ApiResponse.Body.of(
                        status.code() == 0 ? 500 : status.code(),
                        format.mediaType(),
                        encoder.encode(format, status.toJson()));
        Status.Details details = status.details();
        return details != null && details.retryAfterSeconds() > 0
                ? response.withHeader("Retry-After", String.valueOf(details.retryAfterSeconds()))
                : response;
    }

    private ContentFormat format(String accept) {
        for (AcceptClause clause : Accept.parse(accept)) {
            for (ContentFormat format : ContentFormat.values()) {
                if (clause.matches(format.mediaType()) && encoder.supports(format)) {
                    return format;
                }
            }
        }
        return ContentFormat.JSON;
    }

    private static ApiException unexpected(ApiRequest request) {
        return ApiException.internal(
                "the server failed to answer this request (audit id " + request.id() + ")", null);
    }
}
