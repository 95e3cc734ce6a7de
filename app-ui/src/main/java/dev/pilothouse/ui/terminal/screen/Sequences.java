package dev.pilothouse.ui.terminal.screen;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** Does what control sequences say. Source: xterm's "Control Sequences" and ECMA-48. */
final class Sequences {

    private static final int MOST = 32;
    private static final int LARGEST = 100_000;

    private final Screen screen;
    private final Modes modes;
    private final Consumer<byte[]> reply;

    Sequences(Screen screen, Modes modes, Consumer<byte[]> reply) {
        this.screen = screen;
        this.modes = modes;
        this.reply = reply;
    }

    void lineFeed() {
        screen.lineFeed();
        if (modes.newLine) {
            screen.carriageReturn();
        }
    }

    void escape(int c) {
        switch (c) {
            case '7' -> screen.save();
            case '8' -> screen.restore();
            case 'D' -> screen.lineFeed();
            case 'E' -> {
                screen.carriageReturn();
                screen.lineFeed();
            }
            case 'H' -> screen.setTab();
            case 'M' -> screen.reverseLineFeed();
            case 'c' -> {
                screen.reset();
                modes.reset();
            }
            default -> {
                // Keypad modes and what else has no picture.
            }
        }
    }

    void string(String text) {
        if (text.startsWith("]0;") || text.startsWith("]2;")) {
            modes.title = text.substring(3);
        }
    }

    void control(String text, int c) {
        char mark = text.isEmpty() ? ' ' : text.charAt(0);
        boolean marked = mark >= '<' && mark <= '?';
        String rest = marked ? text.substring(1) : text;
        if (!rest.isEmpty() && rest.charAt(rest.length() - 1) < '0') {
            // Intermediate characters: cursor shapes, soft reset.
            if (rest.endsWith("!") && c == 'p') {
                modes.reset();
            }
            return;
        }
        int[] numbers = numbers(rest);
        if (marked) {
            marked(mark, numbers, c);
        } else if (c == 'm') {
            graphics(numbers);
        } else {
            plain(numbers, c);
        }
    }

    private static int[] numbers(String text) {
        String[] parts = text.split("[;:]", -1);
        int[] numbers = new int[Math.min(parts.length, MOST)];
        for (int i = 0; i < numbers.length; i++) {
            try {
                numbers[i] = parts[i].isEmpty() ? 0 : Math.min(LARGEST, Integer.parseInt(parts[i]));
            } catch (NumberFormatException e) {
                numbers[i] = 0;
            }
        }
        return numbers;
    }

    private static int number(int[] numbers, int at) {
        return at < numbers.length ? numbers[at] : 0;
    }

    private void plain(int[] numbers, int c) {
        int first = number(numbers, 0);
        int count = Math.max(1, first);
        switch (c) {
            case '@' -> screen.insertLetters(count);
            case 'A' -> screen.move(-count, 0);
            case 'B', 'e' -> screen.move(count, 0);
            case 'C', 'a' -> screen.move(0, count);
            case 'D' -> screen.move(0, -count);
            case 'E' -> {
                screen.move(count, 0);
                screen.carriageReturn();
            }
            case 'F' -> {
                screen.move(-count, 0);
                screen.carriageReturn();
            }
            case 'G', '`' -> screen.moveToColumn(count - 1);
            case 'H', 'f' -> screen.moveTo(count - 1, Math.max(1, number(numbers, 1)) - 1);
            case 'I' -> screen.tab(count);
            case 'J' -> screen.eraseScreen(first);
            case 'K' -> screen.eraseLine(first);
            case 'L' -> screen.insertLines(count);
            case 'M' -> screen.deleteLines(count);
            case 'P' -> screen.deleteLetters(count);
            case 'S' -> screen.scrollUp(count);
            case 'T' -> screen.scrollDown(count);
            case 'X' -> screen.eraseLetters(count);
            case 'Z' -> screen.tab(-count);
            case 'b' -> screen.repeat(count);
            case 'c' -> answer("\u001b[?62;22c");
            case 'd' -> screen.moveTo(count - 1, screen.column);
            case 'g' -> screen.clearTab(first == 3);
            case 'h' -> mode(numbers, true);
            case 'l' -> mode(numbers, false);
            case 'n' -> status(first);
            case 'r' -> {
                int last = number(numbers, 1);
                screen.region(count - 1, last == 0 ? screen.rows() - 1 : last - 1);
            }
            case 's' -> screen.save();
            case 'u' -> screen.restore();
            default -> {
                // Window operations and the like.
            }
        }
    }

    private void status(int what) {
        if (what == 5) {
            answer("\u001b[0n");
        } else if (what == 6) {
            answer("\u001b[" + (screen.row + 1) + ";" + (screen.column + 1) + "R");
        }
    }

    private void answer(String text) {
        reply.accept(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void mode(int[] numbers, boolean on) {
        for (int mode : numbers) {
            if (mode == 4) {
                screen.insert = on;
            } else if (mode == 20) {
                modes.newLine = on;
            }
        }
    }

    private void marked(char mark, int[] numbers, int c) {
        if (mark == '>' && c == 'c') {
            answer("\u001b[>41;300;0c");
        } else if (mark == '?' && (c == 'J' || c == 'K')) {
            plain(numbers, c);
        } else if (mark == '?' && (c == 'h' || c == 'l')) {
            for (int mode : numbers) {
                privateMode(mode, c == 'h');
            }
        }
    }

    private void privateMode(int mode, boolean on) {
        switch (mode) {
            case 1 -> modes.applicationCursor = on;
            case 6 -> {
                screen.origin = on;
                screen.moveTo(0, 0);
            }
            case 7 -> screen.autowrap = on;
            case 25 -> modes.cursor = on;
            case 47, 1047 -> screen.alternate(on, false);
            case 1048 -> saveOrRestore(on);
            case 1049 -> {
                if (on) {
                    screen.save();
                    screen.alternate(true, true);
                } else {
                    screen.alternate(false, false);
                    screen.restore();
                }
            }
            case 2004 -> modes.bracketedPaste = on;
            default -> {
                // The mouse and the like are not reported.
            }
        }
    }

    private void saveOrRestore(boolean save) {
        if (save) {
            screen.save();
        } else {
            screen.restore();
        }
    }

    private void graphics(int[] numbers) {
        int i = 0;
        while (i < numbers.length) {
            int code = numbers[i];
            if (code == 38 || code == 48) {
                int length = number(numbers, i + 1) == 2 ? 5 : 3;
                int[] part = Arrays.copyOfRange(numbers, i, i + length);
                int colour =
                        length == 3
                                ? part[2] & 0xff
                                : Style.RGB
                                        | (part[2] & 0xff) << 16
                                        | (part[3] & 0xff) << 8
                                        | (part[4] & 0xff);
                screen.style =
                        code == 38
                                ? Style.foreground(screen.style, colour)
                                : Style.background(screen.style, colour);
                i += length;
            } else {
                graphic(code);
                i++;
            }
        }
    }

    private void graphic(int code) {
        long now = screen.style;
        screen.style =
                switch (code) {
                    case 0 -> Style.PLAIN;
                    case 1 -> now | Style.BOLD;
                    case 2 -> now | Style.DIM;
                    case 3 -> now | Style.ITALIC;
                    case 4 -> now | Style.UNDERLINE;
                    case 7 -> now | Style.INVERSE;
                    case 8 -> now | Style.HIDDEN;
                    case 9 -> now | Style.STRIKE;
                    case 22 -> now & ~(Style.BOLD | Style.DIM);
                    case 23 -> now & ~Style.ITALIC;
                    case 24 -> now & ~Style.UNDERLINE;
                    case 27 -> now & ~Style.INVERSE;
                    case 28 -> now & ~Style.HIDDEN;
                    case 29 -> now & ~Style.STRIKE;
                    case 39 -> Style.foreground(now, Style.OWN);
                    case 49 -> Style.background(now, Style.OWN);
                    default -> colour(now, code);
                };
    }

    private static long colour(long style, int code) {
        if (code >= 30 && code <= 37) {
            return Style.foreground(style, code - 30);
        }
        if (code >= 40 && code <= 47) {
            return Style.background(style, code - 40);
        }
        if (code >= 90 && code <= 97) {
            return Style.foreground(style, code - 82);
        }
        return code >= 100 && code <= 107 ? Style.background(style, code - 92) : style;
    }
}
