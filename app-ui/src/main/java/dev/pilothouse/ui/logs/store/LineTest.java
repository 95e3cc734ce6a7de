package dev.pilothouse.ui.logs.store;

/** Which lines are wanted. Thread-safe. */
public interface LineTest {

    /** Whether the text of a line matters; without it a test is much quicker. */
    boolean needsText();

    /** Whether a line is wanted. */
    boolean passes(int source, Level level, byte[] bytes, int from, int to);

    /** Lines that pass this and contain a text. */
    default LineTest containing(TextPattern text) {
        LineTest first = this;
        return new LineTest() {
            @Override
            public boolean needsText() {
                return true;
            }

            @Override
            public boolean passes(int source, Level level, byte[] bytes, int from, int to) {
                return first.passes(source, level, bytes, from, to) && text.isIn(bytes, from, to);
            }
        };
    }
}
