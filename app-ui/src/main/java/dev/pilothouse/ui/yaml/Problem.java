package dev.pilothouse.ui.yaml;

/**
 * Something that is wrong with a text.
 *
 * @param span where
 * @param line the line, from 1
 * @param severity how bad it is
 * @param message a sentence for people
 */
public record Problem(Span span, int line, Severity severity, String message) {

    /** How bad it is. */
    public enum Severity {
        /** The server refuses it. */
        ERROR,
        /** The server takes it, but it may not mean what it says. */
        WARNING
    }

    /** An error. */
    public static Problem error(String text, Span span, String message) {
        return new Problem(span, Lines.number(text, span.start()), Severity.ERROR, message);
    }

    /** A warning. */
    public static Problem warning(String text, Span span, String message) {
        return new Problem(span, Lines.number(text, span.start()), Severity.WARNING, message);
    }
}
