package dev.pilothouse.ui.terminal.screen;

/**
 * How a letter looks, in one number: colours of 26 bits each, then flags. A colour is an index of
 * the palette of 256, red, green and blue, or the terminal's own.
 */
public final class Style {

    /** The terminal's own colours, no flags. */
    public static final long PLAIN = 0;

    /** Bold letters. */
    public static final long BOLD = 1L << 52;

    /** Faint letters. */
    public static final long DIM = 1L << 53;

    /** Slanted letters. */
    public static final long ITALIC = 1L << 54;

    /** Underlined letters. */
    public static final long UNDERLINE = 1L << 55;

    /** Letter and ground changed about. */
    public static final long INVERSE = 1L << 56;

    /** Not to be seen. */
    public static final long HIDDEN = 1L << 57;

    /** Struck out. */
    public static final long STRIKE = 1L << 58;

    /** Answer of {@link #foreground} and {@link #background}: the terminal's own colour. */
    public static final int OWN = -1;

    /** Set in a colour that is red, green and blue. */
    public static final int RGB = 1 << 24;

    private static final int SET = 1 << 25;
    private static final long MASK = (1L << 26) - 1;

    private Style() {}

    static long foreground(long style, int colour) {
        return (style & ~MASK) | bits(colour);
    }

    static long background(long style, int colour) {
        return (style & ~(MASK << 26)) | bits(colour) << 26;
    }

    private static long bits(int colour) {
        return colour == OWN ? 0 : SET | colour;
    }

    /** The letters' colour. */
    public static int foreground(long style) {
        return colour((int) (style & MASK));
    }

    /** The ground's colour. */
    public static int background(long style) {
        return colour((int) (style >> 26 & MASK));
    }

    /** Whether a flag is set. */
    public static boolean has(long style, long flag) {
        return (style & flag) != 0;
    }

    private static int colour(int bits) {
        return (bits & SET) == 0 ? OWN : bits & ~SET;
    }
}
