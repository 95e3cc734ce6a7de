package dev.pilothouse.ui.terminal.screen;

/** Cuts what a program writes into letters and control sequences (ECMA-48, UTF-8). */
final class Parser {

    private static final int ESCAPE = 0x1b;
    private static final int BELL = 0x07;
    private static final int REPLACEMENT = 0xfffd;
    private static final int LONGEST = 4096;

    /** DEC's line drawing letters, for ` to ~. */
    private static final String GRAPHICS = "◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

    private final Sequences sequences;
    private final Screen screen;
    private State state = State.GROUND;
    private final StringBuilder collected = new StringBuilder();
    private int letter;
    private int missing;
    private int least;

    private enum State {
        GROUND,
        ESCAPE,
        CHARSET,
        CONTROL,
        STRING,
        STRING_ESCAPE
    }

    Parser(Sequences sequences, Screen screen) {
        this.sequences = sequences;
        this.screen = screen;
    }

    void write(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            decode(bytes[i] & 0xff);
        }
    }

    private void decode(int b) {
        if (missing > 0) {
            if ((b & 0xc0) == 0x80) {
                letter = letter << 6 | b & 0x3f;
                if (--missing == 0) {
                    boolean wrong =
                            letter < least
                                    || letter > 0x10ffff
                                    || (letter >= 0xd800 && letter < 0xe000);
                    take(wrong ? REPLACEMENT : letter);
                }
                return;
            }
            missing = 0;
            take(REPLACEMENT);
        }
        if (b < 0x80) {
            take(b);
        } else if (b >= 0xf0 && b < 0xf8) {
            begin(b & 0x07, 3, 0x10000);
        } else if (b >= 0xe0 && b < 0xf0) {
            begin(b & 0x0f, 2, 0x800);
        } else if (b >= 0xc0 && b < 0xe0) {
            begin(b & 0x1f, 1, 0x80);
        } else {
            take(REPLACEMENT);
        }
    }

    private void begin(int bits, int further, int smallest) {
        letter = bits;
        missing = further;
        least = smallest;
    }

    private void take(int c) {
        if (state == State.STRING || state == State.STRING_ESCAPE) {
            string(c);
        } else if (c == ESCAPE) {
            state = State.ESCAPE;
            collected.setLength(0);
        } else if (c < ' ') {
            // Control characters work in the middle of sequences as well.
            control(c);
        } else if (c != 0x7f) {
            switch (state) {
                case ESCAPE -> escape(c);
                case CHARSET -> {
                    if (collected.charAt(0) == '(') {
                        screen.graphics = c == '0';
                    } else if (collected.charAt(0) == '#' && c == '8') {
                        screen.fill('E');
                    }
                    state = State.GROUND;
                }
                case CONTROL -> sequence(c);
                default -> screen.put(graphic(c));
            }
        }
    }

    private int graphic(int c) {
        return screen.graphics && c >= '`' && c <= '~' ? GRAPHICS.charAt(c - '`') : c;
    }

    private void control(int c) {
        switch (c) {
            case '\r' -> screen.carriageReturn();
            case '\n', 0x0b, 0x0c -> sequences.lineFeed();
            case '\b' -> screen.backspace();
            case '\t' -> screen.tab(1);
            case 0x18, 0x1a -> state = State.GROUND;
            default -> {
                // Bells, shifts and the like have no picture.
            }
        }
    }

    private void escape(int c) {
        switch (c) {
            case '[' -> state = State.CONTROL;
            case ']', 'P', '_', '^', 'X' -> {
                collected.appendCodePoint(c);
                state = State.STRING;
            }
            case '(', ')', '*', '+', '#', '%', ' ' -> {
                collected.appendCodePoint(c);
                state = State.CHARSET;
            }
            default -> {
                state = State.GROUND;
                sequences.escape(c);
            }
        }
    }

    private void sequence(int c) {
        if (c < 0x40) {
            if (collected.length() < LONGEST) {
                collected.appendCodePoint(c);
            }
        } else {
            state = State.GROUND;
            sequences.control(collected.toString(), c);
        }
    }

    private void string(int c) {
        boolean ends = c == BELL || (state == State.STRING_ESCAPE && c == '\\');
        if (ends) {
            state = State.GROUND;
            sequences.string(collected.toString());
        } else if (state == State.STRING_ESCAPE) {
            // A string that was not ended: the escape begins something new.
            state = State.ESCAPE;
            collected.setLength(0);
            take(c);
        } else if (c == ESCAPE) {
            state = State.STRING_ESCAPE;
        } else if (collected.length() < LONGEST) {
            collected.appendCodePoint(c);
        }
    }
}
