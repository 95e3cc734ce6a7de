package dev.pilothouse.model.codec;

/** Bytes that are not what their content type says; the message is for the client. */
final class BodySyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BodySyntaxException(String message) {
        super(message, null, false, false);
    }
}
