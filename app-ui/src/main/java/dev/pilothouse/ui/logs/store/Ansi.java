package dev.pilothouse.ui.logs.store;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes the escape sequences out of a line: colours become spans, other sequences and control
 * characters are not shown as what they would do to a terminal.
 */
public final class Ansi {

    /** No colour of its own. */
    public static final int DEFAULT = -1;

    /** Set in a colour that is red, green and blue rather than a number of the palette. */
    public static final int TRUE_COLOUR = 1 << 24;

    private static final char ESCAPE = 0x1b;
    private static final int TAB = 8;

    /**
     * A part of a line that looks the same.
     *
     * @param colour of the letters: 0 to 255 of the palette, {@link #DEFAULT}, or RGB with {@link
     *     #TRUE_COLOUR}
     * @param ground likewise
     */
    public record Span(
            int from,
            int to,
            int colour,
            int ground,
            boolean bold,
            boolean dim,
            boolean underline) {}

    /**
     * A line without escape sequences.
     *
     * @param text what is to be read
     * @param spans the parts that do not look as the rest; may be empty
     */
    public record Line(String text, List<Span> spans) {}

    private final StringBuilder text = new StringBuilder();
    private final List<Span> spans = new ArrayList<>();
    private int from;
    private int colour = DEFAULT;
    private int ground = DEFAULT;
    private boolean bold;
    private boolean dim;
    private boolean underline;
    private boolean inverse;

    private Ansi() {}

    /** Reads a line. */
    public static Line parse(String line) {
        boolean plain = true;
        for (int i = 0; i < line.length() && plain; i++) {
            char c = line.charAt(i);
            plain = c >= ' ' && c != 0x7f && !(c >= 0x80 && c < 0xa0);
        }
        return plain ? new Line(line, List.of()) : new Ansi().read(line);
    }

    private Line read(String line) {
        int i = 0;
        while (i < line.length()) {
            char c = line.charAt(i);
            if (c == ESCAPE) {
                i = escape(line, i + 1);
            } else {
                if (c == '\t') {
                    text.repeat(' ', TAB - text.length() % TAB);
                } else if (c < ' ' || c == 0x7f) {
                    // Control characters have pictures, so that one sees what is there.
                    text.append((char) (c == 0x7f ? 0x2421 : 0x2400 + c));
                } else if (c >= 0x80 && c < 0xa0) {
                    text.append('\ufffd');
                } else {
                    text.append(c);
                }
                i++;
            }
        }
        close();
        return new Line(text.toString(), List.copyOf(spans));
    }

    /** Returns where the sequence ends. */
    private int escape(String line, int at) {
        if (at >= line.length()) {
            return at;
        }
        char kind = line.charAt(at);
        if (kind == ']') {
            return operatingSystem(line, at + 1);
        }
        if (kind != '[') {
            return at + 1;
        }
        int end = at + 1;
        while (end < line.length() && line.charAt(end) >= 0x20 && line.charAt(end) < 0x40) {
            end++;
        }
        if (end < line.length() && line.charAt(end) == 'm') {
            close();
            new Sgr(line.substring(at + 1, end)).apply();
        }
        return Math.min(end + 1, line.length());
    }

    /** Titles and links: up to BEL or the string terminator. */
    private static int operatingSystem(String line, int at) {
        for (int i = at; i < line.length(); i++) {
            if (line.charAt(i) == 0x07) {
                return i + 1;
            }
            if (line.charAt(i) == ESCAPE) {
                return Math.min(i + 2, line.length());
            }
        }
        return line.length();
    }

    private void close() {
        boolean special =
                colour != DEFAULT || ground != DEFAULT || bold || dim || underline || inverse;
        if (special && text.length() > from) {
            spans.add(
                    new Span(
                            from,
                            text.length(),
                            inverse && ground != DEFAULT ? ground : colour,
                            inverse && ground != DEFAULT ? colour : ground,
                            bold,
                            dim,
                            underline));
        }
        from = text.length();
    }

    /** One "select graphic rendition". */
    private final class Sgr {

        private final String[] parts;
        private int next;

        Sgr(String parameters) {
            parts = parameters.split("[;:]", -1);
        }

        void apply() {
            while (next < parts.length) {
                one(number());
            }
        }

        private int number() {
            String part = next < parts.length ? parts[next] : "";
            next++;
            try {
                return part.isEmpty() ? 0 : Integer.parseInt(part);
            } catch (NumberFormatException e) {
                return -1;
            }
        }

        private void one(int code) {
            switch (code) {
                case 0 -> {
                    colour = DEFAULT;
                    ground = DEFAULT;
                    bold = false;
                    dim = false;
                    underline = false;
                    inverse = false;
                }
                case 1 -> bold = true;
                case 2 -> dim = true;
                case 4 -> underline = true;
                case 7 -> inverse = true;
                case 22 -> {
                    bold = false;
                    dim = false;
                }
                case 24 -> underline = false;
                case 27 -> inverse = false;
                case 38 -> colour = extended(colour);
                case 39 -> colour = DEFAULT;
                case 48 -> ground = extended(ground);
                case 49 -> ground = DEFAULT;
                default -> basic(code);
            }
        }

        private void basic(int code) {
            if (code >= 30 && code <= 37) {
                colour = code - 30;
            } else if (code >= 90 && code <= 97) {
                colour = code - 82;
            } else if (code >= 40 && code <= 47) {
                ground = code - 40;
            } else if (code >= 100 && code <= 107) {
                ground = code - 92;
            }
        }

        private int extended(int before) {
            int kind = number();
            if (kind == 5) {
                int index = number();
                return index >= 0 && index < 256 ? index : before;
            }
            if (kind == 2) {
                int red = number() & 0xff;
                int green = number() & 0xff;
                int blue = number() & 0xff;
                return TRUE_COLOUR | red << 16 | green << 8 | blue;
            }
            return before;
        }
    }
}
