package dev.pilothouse.model.meta;

import dev.pilothouse.model.meta.Status.Details;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failed API request; carries the Status that the client gets. Messages follow apimachinery's
 * api/errors.
 */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Status status;

    /** Wraps a Status. */
    public ApiException(Status status) {
        this(status, null);
    }

    /** Wraps a Status with what caused it, for the log. */
    public ApiException(Status status, @Nullable Throwable cause) {
        // Thrown as an answer, not as a fault: a stack trace would cost more than the request.
        super(status.message(), cause, false, cause != null);
        this.status = status;
    }

    /** What the client is told. */
    public Status status() {
        return status;
    }

    /** The reason of the Status. */
    public StatusReason reason() {
        return status.reason();
    }

    /** 400. */
    public static ApiException badRequest(String message) {
        return of(StatusReason.BAD_REQUEST, message, null);
    }

    /** 401. */
    public static ApiException unauthorized() {
        return of(StatusReason.UNAUTHORIZED, "Unauthorized", null);
    }

    /** 403 with a message of the form {@code pods "x" is forbidden: why}. */
    public static ApiException forbidden(GroupResource resource, String name, String why) {
        String subject =
                resource.resource().isEmpty()
                        ? "forbidden"
                        : name.isEmpty()
                                ? resource + " is forbidden"
                                : resource + " \"" + name + "\" is forbidden";
        return of(StatusReason.FORBIDDEN, subject + ": " + why, Details.of(resource, name));
    }

    /** 404 for an object. */
    public static ApiException notFound(GroupResource resource, String name) {
        return of(
                StatusReason.NOT_FOUND,
                resource + " \"" + name + "\" not found",
                Details.of(resource, name));
    }

    /** 404 for a path that nothing serves. */
    public static ApiException noSuchPath() {
        return of(
                StatusReason.NOT_FOUND,
                "the server could not find the requested resource",
                new Details("", "", "", "", List.of(), 0));
    }

    /** 405. */
    public static ApiException methodNotAllowed(GroupResource resource, String action) {
        return of(
                StatusReason.METHOD_NOT_ALLOWED,
                action + " is not supported on resources of kind \"" + resource + "\"",
                Details.of(resource, ""));
    }

    /** 409 on create. */
    public static ApiException alreadyExists(GroupResource resource, String name) {
        return of(
                StatusReason.ALREADY_EXISTS,
                resource + " \"" + name + "\" already exists",
                Details.of(resource, name));
    }

    /** 409 on a write that lost against another one. */
    public static ApiException conflict(GroupResource resource, String name, String why) {
        return of(
                StatusReason.CONFLICT,
                "Operation cannot be fulfilled on " + resource + " \"" + name + "\": " + why,
                Details.of(resource, name));
    }

    /** 410: a revision or continue token is too old. */
    public static ApiException expired(String message) {
        return of(StatusReason.EXPIRED, message, null);
    }

    /** 413. */
    public static ApiException tooLarge(String message) {
        return of(StatusReason.REQUEST_ENTITY_TOO_LARGE, message, null);
    }

    /** 422 with one cause per bad field; see the validation package for the message's shape. */
    public static ApiException invalid(
            GroupVersionKind kind, String name, String message, List<StatusCause> causes) {
        return of(
                StatusReason.INVALID,
                message,
                new Details(name, kind.group(), kind.kind(), "", causes, 0));
    }

    /** 429: try again after the given number of seconds. */
    public static ApiException tooManyRequests(String message, int retryAfterSeconds) {
        return of(
                StatusReason.TOO_MANY_REQUESTS,
                message,
                new Details("", "", "", "", List.of(), retryAfterSeconds));
    }

    /** 500; the cause goes to the log, only the message to the client. */
    public static ApiException internal(String message, @Nullable Throwable cause) {
        Details details = new Details("", "", "", "", List.of(new StatusCause("", message, "")), 0);
        return new ApiException(
                Status.failure(
                        StatusReason.INTERNAL_ERROR,
                        "Internal error occurred: " + message,
                        details),
                cause);
    }

    /** 503. */
    public static ApiException unavailable(String message) {
        return of(StatusReason.SERVICE_UNAVAILABLE, message, null);
    }

    private static ApiException of(StatusReason reason, String message, @Nullable Details details) {
        return new ApiException(Status.failure(reason, message, details));
    }
}
