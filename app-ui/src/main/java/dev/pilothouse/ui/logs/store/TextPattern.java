package dev.pilothouse.ui.logs.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A text or a regular expression to be found in lines. Small letters stand for capitals as well; a
 * pattern with a capital means what it says. Thread-safe.
 */
public final class TextPattern {

    private final String text;
    private final boolean regex;
    private final Pattern pattern;

    /** The bytes to look for, in small letters; null when the pattern is needed. */
    private final byte @Nullable [] plain;

    private final boolean anyCase;

    private TextPattern(String text, boolean regex) {
        this.text = text;
        this.regex = regex;
        // \W and the like are letters of the syntax and not of what is looked for.
        String letters = regex ? text.replaceAll("\\\\[pP]\\{[^}]*}|\\\\.", "") : text;
        anyCase = letters.equals(letters.toLowerCase(Locale.ROOT));
        int flags =
                (regex ? 0 : Pattern.LITERAL)
                        | (anyCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
        pattern = Pattern.compile(text, flags);
        boolean ascii = text.chars().allMatch(c -> c < 128);
        boolean literal = !regex || text.chars().noneMatch(c -> "\\[](){}.*+?^$|".indexOf(c) >= 0);
        plain = literal && (ascii || !anyCase) ? text.getBytes(StandardCharsets.UTF_8) : null;
    }

    /**
     * A pattern.
     *
     * @throws PatternSyntaxException when it is no regular expression
     */
    public static TextPattern of(String text, boolean regex) {
        return new TextPattern(text, regex);
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** Whether it was meant as a regular expression. */
    public boolean isRegex() {
        return regex;
    }

    /** Where it stands in a text: pairs of begin and end. */
    public List<int[]> places(String line) {
        List<int[]> places = new ArrayList<>();
        Matcher matcher = pattern.matcher(line);
        while (matcher.find()) {
            if (matcher.end() > matcher.start()) {
                places.add(new int[] {matcher.start(), matcher.end()});
            }
        }
        return places;
    }

    /** Whether it stands in a line. */
    public boolean isIn(byte[] bytes, int from, int to) {
        byte[] wanted = plain;
        if (wanted != null) {
            return anyCase
                    ? containsAnyCase(bytes, from, to, wanted)
                    : contains(bytes, from, to, wanted);
        }
        return pattern.matcher(new String(bytes, from, to - from, StandardCharsets.UTF_8)).find();
    }

    private static boolean contains(byte[] bytes, int from, int to, byte[] wanted) {
        int last = to - wanted.length;
        for (int i = from; i <= last; i++) {
            int k = 0;
            while (k < wanted.length && bytes[i + k] == wanted[k]) {
                k++;
            }
            if (k == wanted.length) {
                return true;
            }
        }
        return false;
    }

    private static boolean containsAnyCase(byte[] bytes, int from, int to, byte[] wanted) {
        int last = to - wanted.length;
        for (int i = from; i <= last; i++) {
            int k = 0;
            while (k < wanted.length && small(bytes[i + k]) == wanted[k]) {
                k++;
            }
            if (k == wanted.length) {
                return true;
            }
        }
        return false;
    }

    private static int small(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TextPattern pattern
                && pattern.regex == regex
                && pattern.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
