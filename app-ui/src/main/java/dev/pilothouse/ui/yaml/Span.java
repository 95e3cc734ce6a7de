package dev.pilothouse.ui.yaml;

/**
 * A part of a text.
 *
 * @param start the offset of its first character
 * @param end the offset after its last one
 */
public record Span(int start, int end) {

    /** The same part of a text that is preceded by more characters. */
    public Span shifted(int by) {
        return new Span(start + by, end + by);
    }
}
