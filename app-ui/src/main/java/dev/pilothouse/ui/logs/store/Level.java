package dev.pilothouse.ui.logs.store;

import java.util.Locale;

/** How grave a line says it is. */
public enum Level {
    /** It does not say. */
    NONE,
    /** Trace and debug. */
    DEBUG,
    /** Info and notice. */
    INFO,
    /** Warnings. */
    WARN,
    /** Errors and worse. */
    ERROR;

    /** Levels stand near the beginning of a line or in a field; further on they are prose. */
    private static final int LOOK = 160;

    private static final int ESCAPE = 0x1b;

    private static final Level[] ALL = values();

    /** The level with an ordinal. */
    static Level of(int ordinal) {
        return ALL[ordinal];
    }

    /**
     * The level of a line: a field {@code level} or {@code severity} of JSON or logfmt, klog's
     * first letter, or else the first word near the beginning that is a level in capitals.
     */
    static Level of(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + LOOK);
        Level klog = klog(bytes, from, end);
        if (klog != NONE) {
            return klog;
        }
        Level found = NONE;
        boolean colour = false;
        for (int i = from; i < end; i++) {
            int b = bytes[i];
            if (b == ESCAPE || (colour && b != 'm')) {
                colour = true;
                continue;
            }
            if (colour) {
                colour = false;
                continue;
            }
            boolean inWord = i > from && isLetter(bytes[i - 1]);
            if (inWord && !(bytes[i - 1] == 'm' && endsColour(bytes, from, i - 1))) {
                continue;
            }
            if (b == 'l' || b == 's') {
                int value = field(bytes, i, end);
                if (value > 0) {
                    return word(bytes, value, end, false);
                }
            } else if (found == NONE && b >= 'C' && b <= 'W') {
                found = word(bytes, i, end, true);
            }
        }
        return found;
    }

    /** Whether the letter m belongs to an escape sequence and not to a word. */
    private static boolean endsColour(byte[] bytes, int from, int at) {
        int i = at - 1;
        while (i > from && (bytes[i] == ';' || (bytes[i] >= '0' && bytes[i] <= '9'))) {
            i--;
        }
        return i > from && bytes[i] == '[' && bytes[i - 1] == ESCAPE;
    }

    /** Where the value of a field "level", "lvl" or "severity" begins; 0 when there is none. */
    private static int field(byte[] bytes, int at, int end) {
        int after = 0;
        for (String name : FIELDS) {
            if (matches(bytes, at, end, name)) {
                after = at + name.length();
            }
        }
        if (after == 0) {
            return 0;
        }
        boolean separated = false;
        while (after < end
                && (bytes[after] == '"'
                        || bytes[after] == ' '
                        || bytes[after] == ':'
                        || bytes[after] == '=')) {
            separated |= bytes[after] == ':' || bytes[after] == '=';
            after++;
        }
        return separated && after < end ? after : 0;
    }

    private static final String[] FIELDS = {"level", "lvl", "severity"};

    /** klog: one of I, W, E, F, then month and day. */
    private static Level klog(byte[] bytes, int from, int end) {
        if (end - from < 6 || bytes[from + 5] != ' ') {
            return NONE;
        }
        for (int i = from + 1; i < from + 5; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return NONE;
            }
        }
        return switch (bytes[from]) {
            case 'I' -> INFO;
            case 'W' -> WARN;
            case 'E', 'F' -> ERROR;
            default -> NONE;
        };
    }

    private static Level word(byte[] bytes, int at, int end, boolean capitals) {
        int to = at;
        while (to < end && isLetter(bytes[to]) && to - at <= 10) {
            to++;
        }
        if (to - at < 3) {
            return NONE;
        }
        if (capitals) {
            for (int i = at; i < to; i++) {
                if (bytes[i] >= 'a') {
                    return NONE;
                }
            }
        }
        @SuppressWarnings("deprecation") // The bytes are ASCII letters.
        String word = new String(bytes, 0, at, to - at).toUpperCase(Locale.ROOT);
        return switch (word) {
            case "TRACE", "DEBUG", "FINE", "VERBOSE" -> DEBUG;
            case "INFO", "NOTICE", "INFORMATION" -> INFO;
            case "WARN", "WARNING" -> WARN;
            case "ERROR", "ERR", "FATAL", "PANIC", "CRITICAL", "SEVERE", "ALERT", "EMERG" -> ERROR;
            default -> NONE;
        };
    }

    private static boolean matches(byte[] bytes, int at, int end, String name) {
        if (at + name.length() >= end) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (bytes[at + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }
}
