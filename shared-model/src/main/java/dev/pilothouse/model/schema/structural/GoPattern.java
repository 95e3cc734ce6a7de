package dev.pilothouse.model.schema.structural;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression in Go's syntax (RE2). Java's engine can take exponential time where RE2
 * takes linear time, so a match that reads far too many characters is given up and counts as
 * failed. Immutable and thread-safe.
 */
final class GoPattern {

    /**
     * Characters that may be read per match: a linear match of the longest text needs far fewer.
     */
    private static final int STEPS = 5_000_000;

    private final String source;
    private final @Nullable Pattern pattern;

    private GoPattern(String source, @Nullable Pattern pattern) {
        this.source = source;
        this.pattern = pattern;
    }

    /** A pattern that Java cannot read matches everything: its definition was admitted before. */
    static GoPattern compile(String source) {
        try {
            return new GoPattern(source, Pattern.compile(new GoToJava(source).translate()));
        } catch (PatternSyntaxException _) {
            return new GoPattern(source, null);
        }
    }

    /** Whether the pattern occurs in the text. */
    boolean occursIn(String text) {
        if (pattern == null) {
            return true;
        }
        try {
            return pattern.matcher(new Metered(text, 0, text.length(), new int[] {STEPS})).find();
        } catch (TooExpensive | StackOverflowError _) {
            return false;
        }
    }

    @Override
    public String toString() {
        return source;
    }

    /** Rewrites what the two dialects write differently. */
    private static final class GoToJava {

        private final String go;
        private final StringBuilder java = new StringBuilder();
        private int at;

        GoToJava(String go) {
            this.go = go;
        }

        String translate() {
            while (at < go.length()) {
                char c = go.charAt(at);
                if (c == '\\') {
                    escape();
                } else if (c == '[') {
                    characterClass();
                } else if (c == '$') {
                    // Without (?m) Go's dollar is the very end, not the place before a last
                    // newline.
                    java.append(go.contains("(?m") ? "$" : "\\z");
                    at++;
                } else if (go.startsWith("(?P<", at)) {
                    java.append("(?<");
                    at += 4;
                } else {
                    java.append(c);
                    at++;
                }
            }
            return java.toString();
        }

        private void escape() {
            int end = Math.min(at + 2, go.length());
            java.append(go, at, end);
            at = end;
        }

        private void characterClass() {
            java.append(go.charAt(at++));
            if (at < go.length() && go.charAt(at) == '^') {
                java.append(go.charAt(at++));
            }
            boolean first = true;
            while (at < go.length() && (first || go.charAt(at) != ']')) {
                classMember();
                first = false;
            }
            if (at < go.length()) {
                java.append(go.charAt(at++));
            }
        }

        private void classMember() {
            char c = go.charAt(at);
            int end = go.indexOf(":]", at);
            if (go.startsWith("[:", at) && end > 0) {
                posixClass(go.substring(at + 2, end));
                at = end + 2;
            } else if (c == '\\') {
                escape();
            } else {
                if (c == '[' || c == ']' || c == '&') {
                    java.append('\\');
                }
                java.append(c);
                at++;
            }
        }

        private void posixClass(String name) {
            boolean not = name.startsWith("^");
            String bare = not ? name.substring(1) : name;
            String escape =
                    switch (bare) {
                        case "word" -> "w";
                        case "xdigit" -> "p{XDigit}";
                        case "ascii" -> "p{ASCII}";
                        default -> "p{" + capital(bare) + "}";
                    };
            java.append('\\').append(not ? capital(escape) : escape);
        }

        private static String capital(String text) {
            return text.isEmpty()
                    ? text
                    : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        }
    }

    /** A text that counts how often it is read. */
    private record Metered(String text, int start, int end, int[] left) implements CharSequence {

        @Override
        public char charAt(int index) {
            if (--left[0] < 0) {
                throw new TooExpensive();
            }
            return text.charAt(start + index);
        }

        @Override
        public int length() {
            return end - start;
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return new Metered(text, start + from, start + to, left);
        }

        @Override
        public String toString() {
            return text.substring(start, end);
        }
    }

    /** Ends a match that would take too long. */
    private static final class TooExpensive extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooExpensive() {
            super("too many steps", null, false, false);
        }
    }
}
