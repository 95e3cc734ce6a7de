package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.server.node.LogRequest;
import dev.pilothouse.server.node.PodRef;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.request.Parameters;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request for logs. Source: PodLogOptions and its validation in
 * pkg/apis/core/validation.
 *
 * @param container the container asked for, empty for the only one
 * @param follow go on until the container ends
 * @param previous of the instance before
 * @param sinceSeconds not older than this, or null
 * @param sinceTime not before this, or null
 * @param timestamps put the time before each line
 * @param tailLines only so many of the last lines, or null
 * @param limitBytes only so many bytes, or null
 * @param stream which of the container's streams
 */
record LogOptions(
        String container,
        boolean follow,
        boolean previous,
        @Nullable Long sinceSeconds,
        @Nullable Instant sinceTime,
        boolean timestamps,
        @Nullable Long tailLines,
        @Nullable Long limitBytes,
        String stream) {

    private static final GroupVersionKind KIND = new GroupVersionKind("", "v1", "PodLogOptions");
    private static final List<String> STREAMS = List.of("All", "Stderr", "Stdout");

    /**
     * Reads and checks a query.
     *
     * @param pod the pod's name, for messages
     * @throws ApiException 400 for what is no number or time, 422 for what makes no sense
     */
    static LogOptions parse(Parameters query, String pod) {
        LogOptions options =
                new LogOptions(
                        query.text("container"),
                        query.flag("follow"),
                        query.flag("previous"),
                        number(query, "sinceSeconds"),
                        time(query),
                        query.flag("timestamps"),
                        number(query, "tailLines"),
                        number(query, "limitBytes"),
                        query.text("stream").isEmpty() ? "All" : query.text("stream"));
        options.check(pod);
        return options;
    }

    /** The request for the node's agent. */
    LogRequest request(PodRef pod, String chosen, Instant now) {
        Instant since = sinceTime;
        if (sinceSeconds != null) {
            since =
                    sinceSeconds > now.getEpochSecond()
                            ? Instant.EPOCH
                            : now.minus(sinceSeconds, ChronoUnit.SECONDS);
        }
        return new LogRequest(
                pod, chosen, previous, follow, since, timestamps, tailLines, limitBytes, stream);
    }

    private void check(String pod) {
        FieldErrors errors = new FieldErrors();
        if (tailLines != null && tailLines < 0) {
            errors.invalid(
                    FieldPath.of("tailLines"), tailLines, "must be greater than or equal to 0");
        }
        if (limitBytes != null && limitBytes < 1) {
            errors.invalid(FieldPath.of("limitBytes"), limitBytes, "must be greater than 0");
        }
        if (sinceSeconds != null && sinceTime != null) {
            errors.forbidden(
                    FieldPath.of(""),
                    "at most one of `sinceTime` or `sinceSeconds` may be specified");
        } else if (sinceSeconds != null && sinceSeconds < 1) {
            errors.invalid(FieldPath.of("sinceSeconds"), sinceSeconds, "must be greater than 0");
        }
        if (!STREAMS.contains(stream)) {
            errors.notSupported(FieldPath.of("stream"), stream, STREAMS);
        }
        if (tailLines != null && !stream.equals("All")) {
            errors.forbidden(
                    FieldPath.of(""),
                    "`tailLines` and specific `stream` are mutually exclusive for now");
        }
        errors.throwIfAny(KIND, pod);
    }

    private static @Nullable Long number(Parameters query, String name) {
        String text = query.text(name);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw ApiException.badRequest(
                    "strconv.ParseInt: parsing " + FieldErrors.quote(text) + ": invalid syntax");
        }
    }

    private static @Nullable Instant time(Parameters query) {
        String text = query.text("sinceTime");
        if (text.isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw ApiException.badRequest(
                    "parsing time " + FieldErrors.quote(text) + " as RFC 3339: cannot parse it");
        }
    }
}
