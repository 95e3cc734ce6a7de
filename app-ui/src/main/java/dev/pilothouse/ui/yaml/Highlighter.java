package dev.pilothouse.ui.yaml;

import java.util.ArrayList;
import java.util.List;

/**
 * Colours lines of YAML one after the other: what a line looks like depends on itself and on the
 * state in which the line before it ended.
 */
public final class Highlighter {

    private Highlighter() {}

    /** What a stretch of a line is. */
    public enum Token {
        /** The name of a field. */
        KEY,
        /** Text. */
        TEXT,
        /** A number. */
        NUMBER,
        /** True, false or null. */
        WORD,
        /** Dashes, colons, brackets. */
        MARK,
        /** A comment. */
        COMMENT,
        /** An anchor, alias or tag. */
        ANCHOR,
        /** The line between documents, and the marks of a conflict. */
        SEPARATOR
    }

    /** A stretch of a line. */
    public record Stretch(int start, int end, Token token) {}

    /**
     * How a line ends.
     *
     * @param quote the quotation mark that is still open, or a space
     * @param block the indentation above which lines are text, -1 for none
     */
    public record State(char quote, int block) {
        /** Nothing is open. */
        public static final State NONE = new State(' ', -1);
    }

    /** A coloured line and the state it ends in. */
    public record Line(List<Stretch> stretches, State end) {}

    /** Colours a line. */
    public static Line line(String line, State before) {
        List<Stretch> out = new ArrayList<>();
        int indent = Lines.indent(line);
        if (before.block() >= 0 && (line.isBlank() || indent > before.block())) {
            out.add(new Stretch(0, line.length(), Token.TEXT));
            return new Line(out, before);
        }
        if (before.quote() != ' ') {
            int end = closing(line, 0, before.quote());
            if (end < 0) {
                out.add(new Stretch(0, line.length(), Token.TEXT));
                return new Line(out, before);
            }
            out.add(new Stretch(0, end, Token.TEXT));
            return rest(line, end, 0, out);
        }
        if (isSeparator(line)) {
            out.add(new Stretch(0, line.length(), Token.SEPARATOR));
            return new Line(out, State.NONE);
        }
        return rest(line, 0, indent, out);
    }

    private static boolean isSeparator(String line) {
        return line.startsWith("---")
                || line.startsWith("<<<<<<<")
                || line.startsWith("=======")
                || line.startsWith(">>>>>>>");
    }

    private static Line rest(String line, int from, int column, List<Stretch> out) {
        int at = from;
        int block = column;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (c == ' ') {
                at++;
            } else if (c == '#' && (at == 0 || line.charAt(at - 1) == ' ')) {
                out.add(new Stretch(at, line.length(), Token.COMMENT));
                return new Line(out, State.NONE);
            } else if (c == '-' && (at + 1 == line.length() || line.charAt(at + 1) == ' ')) {
                out.add(new Stretch(at, at + 1, Token.MARK));
                at++;
            } else if ("{}[],".indexOf(c) >= 0) {
                out.add(new Stretch(at, at + 1, Token.MARK));
                at++;
            } else if (c == ':' && (at + 1 == line.length() || line.charAt(at + 1) == ' ')) {
                out.add(new Stretch(at, at + 1, Token.MARK));
                at++;
            } else if (c == '"' || c == '\'') {
                int end = closing(line, at + 1, c);
                if (end < 0) {
                    out.add(new Stretch(at, line.length(), Token.TEXT));
                    return new Line(out, new State(c, -1));
                }
                boolean key = end < line.length() && line.charAt(end) == ':';
                out.add(new Stretch(at, end, key ? Token.KEY : Token.TEXT));
                at = end;
            } else if ((c == '|' || c == '>') && isBlockHeader(line.substring(at))) {
                out.add(new Stretch(at, at + 1, Token.MARK));
                return new Line(out, new State(' ', block));
            } else {
                int end = plainEnd(line, at);
                out.add(new Stretch(at, end, token(line, at, end)));
                at = end;
            }
        }
        return new Line(out, State.NONE);
    }

    private static boolean isBlockHeader(String rest) {
        return rest.matches("[|>][-+0-9]*\\s*(#.*)?");
    }

    private static int plainEnd(String line, int from) {
        int at = from;
        boolean anchor = "&*!".indexOf(line.charAt(from)) >= 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            boolean spaceNext = at + 1 == line.length() || line.charAt(at + 1) == ' ';
            if (c == ':' && spaceNext
                    || (c == ',' && spaceNext || c == ']' || c == '}') && at > from
                    || anchor && c == ' '
                    || c == ' ' && at + 1 < line.length() && line.charAt(at + 1) == '#') {
                break;
            }
            at++;
        }
        int end = at;
        while (end > from + 1 && line.charAt(end - 1) == ' ') {
            end--;
        }
        return Math.max(end, from + 1);
    }

    private static Token token(String line, int start, int end) {
        String word = line.substring(start, end);
        if (end < line.length() && line.charAt(end) == ':') {
            return Token.KEY;
        }
        return switch (word) {
            case "true", "false", "null", "~", "yes", "no", "on", "off" -> Token.WORD;
            default ->
                    "&*!".indexOf(word.charAt(0)) >= 0
                            ? Token.ANCHOR
                            : word.matches("[-+]?[0-9][0-9_.eE+-]*") ? Token.NUMBER : Token.TEXT;
        };
    }

    private static int closing(String line, int from, char quote) {
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote == '"') {
                i++;
            } else if (c == quote) {
                if (quote == '\'' && i + 1 < line.length() && line.charAt(i + 1) == '\'') {
                    i++;
                } else {
                    return i + 1;
                }
            }
        }
        return -1;
    }
}
