package dev.pilothouse.ui.i18n;

/**
 * Text of others as it can be shown: what would be drawn as nothing, or turn the direction of what
 * follows, gets a sign of its own. Letters of all scripts stay as they are.
 */
public final class Visible {

    /** Where Unicode's pictures of the ASCII control characters begin. */
    private static final char PICTURES = '\u2400';

    private Visible() {}

    /** The text with signs for what is invisible; line breaks and tabs stay. */
    public static String text(String text) {
        int first = 0;
        while (first < text.length() && !isInvisible(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (isInvisible(letter)) {
                append(letter, shown);
            } else {
                shown.append(letter);
            }
        }
        return shown.toString();
    }

    /** The text as {@link #text}, in one line. */
    public static String line(String text) {
        return text(text).replace('\n', '\u21B5').replace('\t', ' ');
    }

    /** Whether a text has marks that turn the direction of writing, or are not seen. */
    public static boolean turnsOrHides(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > '\u00A0' && isInvisible(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing is seen of a letter; of line breaks and tabs one sees what they do. */
    public static boolean isInvisible(int letter) {
        return (letter < ' ' && letter != '\n' && letter != '\t')
                || (letter >= '\u007F' && letter < '\u00A0')
                || letter == '\u200B'
                || letter == '\u200E'
                || letter == '\u200F'
                || letter == '\u2028'
                || letter == '\u2029'
                || (letter >= '\u202A' && letter <= '\u202E')
                || (letter >= '\u2060' && letter <= '\u206F')
                || letter == '\uFEFF';
    }

    private static void append(char letter, StringBuilder to) {
        if (letter < ' ') {
            to.append((char) (PICTURES + letter));
        } else if (letter == '\u007F') {
            to.append('\u2421');
        } else {
            to.append("\u2039U+").append(String.format("%04X", (int) letter)).append('\u203A');
        }
    }
}
