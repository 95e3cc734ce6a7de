package dev.pilothouse.server.endpoints.resource;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.Status;
import dev.pilothouse.model.meta.Status.Details;
import dev.pilothouse.model.meta.StatusCause;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.storage.RevisionException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * What clients are told about revisions that cannot be read. Source: apiserver
 * pkg/storage/errors.go.
 */
final class ReadRevision {

    /** How long a read waits for a revision that has not been written yet. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private ReadRevision() {}

    /** Runs a read and turns a revision problem into its Status. */
    static <T> T explain(Supplier<T> read) {
        try {
            return read.get();
        } catch (RevisionException e) {
            throw explain(e);
        }
    }

    /** The Status of a revision problem. */
    static ApiException explain(RevisionException e) {
        return switch (e.problem()) {
            case COMPACTED ->
                    ApiException.expired(
                            "too old resource version: "
                                    + e.requested()
                                    + " ("
                                    + e.current()
                                    + ")");
            case FUTURE -> tooLarge(e.requested(), e.current());
        };
    }

    private static ApiException tooLarge(long requested, long current) {
        StatusCause cause =
                new StatusCause("ResourceVersionTooLarge", "Too large resource version", "");
        return new ApiException(
                Status.failure(
                        StatusReason.TIMEOUT,
                        "Timeout: Too large resource version: "
                                + requested
                                + ", current: "
                                + current,
                        new Details("", "", "", "", List.of(cause), 1)));
    }
}
