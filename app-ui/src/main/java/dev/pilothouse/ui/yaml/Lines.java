package dev.pilothouse.ui.yaml;

/** Finds lines around offsets. */
final class Lines {

    private Lines() {}

    /** The number of the line at an offset, from 1. */
    static int number(String text, int offset) {
        int number = 1;
        for (int i = 0; i < Math.min(offset, text.length()); i++) {
            number += text.charAt(i) == '\n' ? 1 : 0;
        }
        return number;
    }

    /** Where the line at an offset begins. */
    static int start(String text, int offset) {
        return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
    }

    /** Where the line at an offset ends, before its line break. */
    static int end(String text, int offset) {
        int end = text.indexOf('\n', offset);
        return end < 0 ? text.length() : end;
    }

    /** Where the line after the one at an offset begins. */
    static int next(String text, int offset) {
        return Math.min(text.length(), end(text, offset) + 1);
    }

    /** How many spaces a line begins with. */
    static int indent(CharSequence line) {
        int indent = 0;
        while (indent < line.length() && line.charAt(indent) == ' ') {
            indent++;
        }
        return indent;
    }

    /** Whether only spaces stand between the begin of the line and an offset. */
    static boolean isFirst(String text, int offset) {
        return text.substring(start(text, offset), offset).isBlank();
    }
}
