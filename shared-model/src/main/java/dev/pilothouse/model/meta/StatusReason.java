package dev.pilothouse.model.meta;

/**
 * Machine-readable reasons of a failure Status with their HTTP codes. Clients branch on them.
 * Source: meta/v1 StatusReason.
 */
public enum StatusReason {
    UNKNOWN("", 500),
    UNAUTHORIZED("Unauthorized", 401),
    FORBIDDEN("Forbidden", 403),
    NOT_FOUND("NotFound", 404),
    ALREADY_EXISTS("AlreadyExists", 409),
    CONFLICT("Conflict", 409),
    GONE("Gone", 410),
    INVALID("Invalid", 422),
    SERVER_TIMEOUT("ServerTimeout", 500),
    STORE_READ_ERROR("StorageReadError", 500),
    TIMEOUT("Timeout", 504),
    TOO_MANY_REQUESTS("TooManyRequests", 429),
    BAD_REQUEST("BadRequest", 400),
    METHOD_NOT_ALLOWED("MethodNotAllowed", 405),
    NOT_ACCEPTABLE("NotAcceptable", 406),
    REQUEST_ENTITY_TOO_LARGE("RequestEntityTooLarge", 413),
    UNSUPPORTED_MEDIA_TYPE("UnsupportedMediaType", 415),
    INTERNAL_ERROR("InternalError", 500),
    EXPIRED("Expired", 410),
    SERVICE_UNAVAILABLE("ServiceUnavailable", 503);

    private final String text;
    private final int code;

    StatusReason(String text, int code) {
        this.text = text;
        this.code = code;
    }

    /** The value of the Status field {@code reason}. */
    public String text() {
        return text;
    }

    /** The HTTP code that normally goes with this reason. */
    public int code() {
        return code;
    }

    /** The reason with this text, or {@link #UNKNOWN}. */
    public static StatusReason of(String text) {
        for (StatusReason reason : values()) {
            if (reason.text.equals(text)) {
                return reason;
            }
        }
        return UNKNOWN;
    }
}
