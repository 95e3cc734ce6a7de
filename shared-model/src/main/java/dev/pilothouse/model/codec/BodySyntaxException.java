package dev.pilothouse.model.codec;

/** Bytes that are not what their content type says; the message is for the client. */
final class BodySyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String text;

    BodySyntaxException(String message) {
        super(message, null, false, false);
        this.text = message;
    }

    /** What is wrong, for the client. */
    String text() {
        return text;
    }
}
