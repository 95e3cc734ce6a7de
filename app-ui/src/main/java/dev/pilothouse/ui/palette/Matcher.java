package dev.pilothouse.ui.palette;

import java.util.Locale;

/**
 * Says how well a text fits what was typed: all words must be found, each as letters in order. A
 * whole word counts more than its start, its start more than its middle, and letters side by side
 * more than scattered ones.
 */
final class Matcher {

    /** It does not fit. */
    static final int NONE = Integer.MIN_VALUE;

    private static final int WHOLE = 1000;
    private static final int START = 600;
    private static final int WORD = 400;
    private static final int PART = 200;
    private static final int SCATTERED = 40;
    private static final int IN_HINT = 150;

    private final String[] words;

    Matcher(String typed) {
        String text = typed.strip().toLowerCase(Locale.ROOT);
        words = text.isEmpty() ? new String[0] : text.split("\\s+");
    }

    boolean isEmpty() {
        return words.length == 0;
    }

    /** More is better; {@link #NONE} for no fit. */
    int score(String title, String hint) {
        String inTitle = title.toLowerCase(Locale.ROOT);
        String inHint = hint.toLowerCase(Locale.ROOT);
        int sum = 0;
        for (String word : words) {
            int score = scoreOf(word, inTitle);
            if (score == NONE && inHint.contains(word)) {
                score = IN_HINT;
            }
            if (score == NONE) {
                return NONE;
            }
            sum += score;
        }
        // Among equals the shorter title is the closer one.
        return sum - Math.min(title.length(), 60);
    }

    private static int scoreOf(String word, String title) {
        if (title.equals(word)) {
            return WHOLE;
        }
        int at = title.indexOf(word);
        if (at == 0) {
            return START;
        }
        for (int from = at; from > 0; from = title.indexOf(word, from + 1)) {
            if (!Character.isLetterOrDigit(title.charAt(from - 1))) {
                return WORD;
            }
        }
        if (at > 0) {
            return PART;
        }
        return scattered(word, title);
    }

    /** Letters in order, the first at the start of a word, such as {@code rs} in replica-set. */
    private static int scattered(String word, String title) {
        if (word.length() < 2) {
            return NONE;
        }
        int at = -1;
        int gaps = 0;
        for (int i = 0; i < word.length(); i++) {
            int next = title.indexOf(word.charAt(i), at + 1);
            if (i == 0) {
                while (next > 0 && Character.isLetterOrDigit(title.charAt(next - 1))) {
                    next = title.indexOf(word.charAt(0), next + 1);
                }
            }
            if (next < 0) {
                return NONE;
            }
            gaps += i > 0 && next > at + 1 ? 1 : 0;
            at = next;
        }
        return gaps > 2 ? NONE : SCATTERED - 10 * gaps;
    }
}
