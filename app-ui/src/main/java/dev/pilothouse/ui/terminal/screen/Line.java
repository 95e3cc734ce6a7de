package dev.pilothouse.ui.terminal.screen;

import java.util.Arrays;

/** One row of the screen or of what has left it. */
public final class Line {

    /** In the second cell of a wide letter. */
    static final int SECOND = -1;

    private int[] letters;
    private long[] styles;
    boolean wrapped;

    Line(int columns, long style) {
        letters = new int[columns];
        styles = new long[columns];
        Arrays.fill(letters, ' ');
        Arrays.fill(styles, style);
    }

    /** How many cells it has. */
    public int columns() {
        return letters.length;
    }

    /** The code point in a cell; -1 when the letter before is two cells wide. */
    public int letter(int column) {
        return letters[column];
    }

    /** The {@link Style} of a cell. */
    public long style(int column) {
        return styles[column];
    }

    void set(int column, int letter, long style) {
        if (letters[column] == SECOND && column > 0 && letter != SECOND) {
            letters[column - 1] = ' ';
        }
        if (column + 1 < letters.length && letters[column + 1] == SECOND) {
            letters[column + 1] = ' ';
        }
        letters[column] = letter;
        styles[column] = style;
    }

    void second(int column, long style) {
        letters[column] = SECOND;
        styles[column] = style;
    }

    void copy(Line from) {
        letters = from.letters.clone();
        styles = from.styles.clone();
        wrapped = from.wrapped;
    }

    void clear(int from, int to, long style) {
        for (int i = Math.max(0, from); i < Math.min(to, letters.length); i++) {
            set(i, ' ', style);
        }
    }

    void insert(int column, int count, long style) {
        int moved = letters.length - column - count;
        if (moved > 0) {
            System.arraycopy(letters, column, letters, column + count, moved);
            System.arraycopy(styles, column, styles, column + count, moved);
        }
        clear(column, column + count, style);
    }

    void delete(int column, int count, long style) {
        int moved = letters.length - column - count;
        if (moved > 0) {
            System.arraycopy(letters, column + count, letters, column, moved);
            System.arraycopy(styles, column + count, styles, column, moved);
        }
        clear(Math.max(column, letters.length - count), letters.length, style);
    }

    void resize(int columns) {
        int before = letters.length;
        letters = Arrays.copyOf(letters, columns);
        styles = Arrays.copyOf(styles, columns);
        for (int i = before; i < columns; i++) {
            letters[i] = ' ';
        }
    }

    /** The letters of some cells, blanks at the end left out. */
    public String text(int from, int to) {
        var text = new StringBuilder();
        for (int i = Math.max(0, from); i < Math.min(to, letters.length); i++) {
            if (letters[i] != SECOND) {
                text.appendCodePoint(letters[i]);
            }
        }
        return text.toString().stripTrailing();
    }

    /** Whether it goes on in the next row. */
    public boolean isWrapped() {
        return wrapped;
    }
}
