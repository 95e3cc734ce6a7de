package dev.pilothouse.ui.logs.store;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What lines are wanted.
 *
 * @param text what the text must contain; null for any text
 * @param hidden sources whose lines are unwanted
 * @param least the least grave level that is wanted; lines that say none are the lowest
 */
public record LineFilter(@Nullable TextPattern text, BitSet hidden, Level least)
        implements LineTest {

    /** All lines. */
    public static final LineFilter ALL = new LineFilter(null, new BitSet(), Level.NONE);

    /** Takes a copy of the set. */
    public LineFilter {
        hidden = (BitSet) hidden.clone();
    }

    /** Lines of a level or graver. */
    public static LineFilter atLeast(Level level) {
        return new LineFilter(null, new BitSet(), level);
    }

    /** Whether every line passes. */
    public boolean isAll() {
        return text == null && hidden.isEmpty() && least == Level.NONE;
    }

    @Override
    public boolean needsText() {
        return text != null;
    }

    @Override
    public boolean passes(int source, Level level, byte[] bytes, int from, int to) {
        return level.compareTo(least) >= 0
                && !hidden.get(source)
                && (text == null || text.isIn(bytes, from, to));
    }
}
