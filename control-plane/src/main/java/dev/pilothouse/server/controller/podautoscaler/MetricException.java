package dev.pilothouse.server.controller.podautoscaler;

/** A metric from which nothing can be concluded; the message is for people. */
final class MetricException extends Exception {

    private static final long serialVersionUID = 1L;

    MetricException(String message) {
        super(message);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
