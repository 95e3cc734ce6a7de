package dev.pilothouse.ui.terminal.screen;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The grid and the cursor, and what control sequences do to them. Positions begin at 0. Not
 * thread-safe; {@link Terminal} locks it.
 */
final class Screen {

    private static final int SCROLLBACK = 10_000;
    private static final int TAB = 8;

    private final Deque<Line> history = new ArrayDeque<>();
    private List<Line> lines = new ArrayList<>();
    private List<Line> other = new ArrayList<>();
    private boolean alternate;
    private int columns;
    private int rows;
    private int top;
    private int bottom;
    private boolean[] tabs = {};
    private boolean wrapPending;
    private Saved saved = new Saved(0, 0, Style.PLAIN, false);
    private int lastLetter = ' ';
    int row;
    int column;
    long style = Style.PLAIN;
    boolean autowrap = true;
    boolean insert;
    boolean origin;
    boolean graphics;

    private record Saved(int row, int column, long style, boolean origin) {}

    Screen(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        reset();
    }

    final void reset() {
        lines = blank();
        other = blank();
        alternate = false;
        top = 0;
        bottom = rows - 1;
        row = 0;
        column = 0;
        style = Style.PLAIN;
        autowrap = true;
        insert = false;
        origin = false;
        graphics = false;
        wrapPending = false;
        resetTabs();
    }

    private List<Line> blank() {
        List<Line> made = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            made.add(new Line(columns, Style.PLAIN));
        }
        return made;
    }

    private void resetTabs() {
        tabs = new boolean[columns];
        for (int i = 0; i < columns; i += TAB) {
            tabs[i] = true;
        }
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    boolean isAlternate() {
        return alternate;
    }

    int historySize() {
        return alternate ? 0 : history.size();
    }

    List<Line> history() {
        return List.copyOf(history);
    }

    Line line(int at) {
        return lines.get(at);
    }

    // ---- size

    void resize(int newColumns, int newRows) {
        if (newColumns == columns && newRows == rows) {
            return;
        }
        columns = newColumns;
        for (Line line : lines) {
            line.resize(columns);
        }
        other.forEach(line -> line.resize(columns));
        fit(lines, newRows, !alternate);
        fit(other, newRows, false);
        rows = newRows;
        top = 0;
        bottom = rows - 1;
        row = Math.clamp(row, 0, rows - 1);
        column = Math.clamp(column, 0, columns - 1);
        wrapPending = false;
        resetTabs();
    }

    /** Empty rows below the cursor go first, then rows at the top into the history. */
    private void fit(List<Line> grid, int wanted, boolean main) {
        while (grid.size() > wanted) {
            if (main && row < grid.size() - 1) {
                grid.removeLast();
            } else {
                Line first = grid.removeFirst();
                if (main) {
                    keep(first);
                    row--;
                }
            }
        }
        while (grid.size() < wanted) {
            if (main && !history.isEmpty()) {
                Line back = history.removeLast();
                back.resize(columns);
                grid.addFirst(back);
                row++;
            } else {
                grid.add(new Line(columns, Style.PLAIN));
            }
        }
    }

    private void keep(Line line) {
        history.addLast(line);
        if (history.size() > SCROLLBACK) {
            history.removeFirst();
        }
    }

    void clearHistory() {
        history.clear();
    }

    // ---- letters

    void put(int letter) {
        int width = Width.of(letter);
        if (width == 0) {
            return;
        }
        lastLetter = letter;
        if (wrapPending || column + width > columns) {
            if (autowrap) {
                lines.get(row).wrapped = true;
                column = 0;
                lineFeed();
            } else {
                column = columns - width;
            }
            wrapPending = false;
        }
        Line line = lines.get(row);
        if (insert) {
            line.insert(column, width, erased());
        }
        line.set(column, letter, style);
        if (width == 2) {
            line.set(column + 1, ' ', style);
            line.second(column + 1, style);
        }
        if (column + width >= columns) {
            column = columns - 1;
            wrapPending = true;
        } else {
            column += width;
        }
    }

    void repeat(int count) {
        int letter = lastLetter;
        for (int i = 0; i < Math.min(count, columns * rows); i++) {
            put(letter);
        }
    }

    void lineFeed() {
        wrapPending = false;
        if (row == bottom) {
            scrollUp(1);
        } else if (row < rows - 1) {
            row++;
        }
    }

    void reverseLineFeed() {
        wrapPending = false;
        if (row == top) {
            scrollDown(1);
        } else if (row > 0) {
            row--;
        }
    }

    void carriageReturn() {
        column = 0;
        wrapPending = false;
    }

    void backspace() {
        column = Math.max(0, column - 1);
        wrapPending = false;
    }

    void tab(int count) {
        wrapPending = false;
        for (int i = 0; i < Math.min(Math.abs(count), columns); i++) {
            int step = count > 0 ? 1 : -1;
            do {
                column += step;
            } while (column > 0 && column < columns - 1 && !tabs[column]);
            column = Math.clamp(column, 0, columns - 1);
        }
    }

    void setTab() {
        tabs[column] = true;
    }

    void clearTab(boolean all) {
        if (all) {
            Arrays.fill(tabs, false);
        } else {
            tabs[column] = false;
        }
    }

    // ---- cursor

    void move(int down, int right) {
        int low = row >= top ? top : 0;
        int high = row <= bottom ? bottom : rows - 1;
        row = Math.clamp((long) row + down, low, high);
        column = Math.clamp((long) column + right, 0, columns - 1);
        wrapPending = false;
    }

    void moveTo(int toRow, int toColumn) {
        int from = origin ? top : 0;
        int last = origin ? bottom : rows - 1;
        row = Math.clamp((long) from + toRow, from, last);
        column = Math.clamp(toColumn, 0, columns - 1);
        wrapPending = false;
    }

    void moveToColumn(int toColumn) {
        column = Math.clamp(toColumn, 0, columns - 1);
        wrapPending = false;
    }

    void save() {
        saved = new Saved(row, column, style, origin);
    }

    void restore() {
        row = Math.clamp(saved.row(), 0, rows - 1);
        column = Math.clamp(saved.column(), 0, columns - 1);
        style = saved.style();
        origin = saved.origin();
        wrapPending = false;
    }

    void region(int from, int to) {
        int last = Math.min(to, rows - 1);
        if (from < last) {
            top = Math.max(0, from);
            bottom = last;
            moveTo(0, 0);
        }
    }

    // ---- erasing and scrolling

    /** What is erased keeps the ground that is set, and nothing else. */
    private long erased() {
        return Style.background(Style.PLAIN, Style.background(style));
    }

    void eraseLine(int mode) {
        Line line = lines.get(row);
        switch (mode) {
            case 0 -> line.clear(column, columns, erased());
            case 1 -> line.clear(0, column + 1, erased());
            default -> line.clear(0, columns, erased());
        }
        if (mode != 1) {
            line.wrapped = false;
        }
    }

    void eraseScreen(int mode) {
        if (mode == 3) {
            clearHistory();
            return;
        }
        int from = mode == 0 ? row + 1 : 0;
        int to = mode == 1 ? row : rows;
        if (mode == 2 && !alternate) {
            // As other terminals do: what a "clear" takes away can still be scrolled to.
            lines.stream()
                    .filter(line -> !line.text(0, columns).isEmpty())
                    .forEach(line -> {
                        Line copy = new Line(columns, Style.PLAIN);
                        copy.copy(line);
                        keep(copy);
                    });
        }
        for (int i = from; i < to; i++) {
            lines.get(i).clear(0, columns, erased());
        }
        if (mode < 2) {
            eraseLine(mode);
        }
    }

    void eraseLetters(int count) {
        lines.get(row).clear(column, (int) Math.min(columns, (long) column + count), erased());
    }

    void insertLetters(int count) {
        lines.get(row).insert(column, Math.min(count, columns - column), erased());
    }

    void deleteLetters(int count) {
        lines.get(row).delete(column, Math.min(count, columns - column), erased());
    }

    void scrollUp(int count) {
        for (int i = 0; i < Math.min(count, rows); i++) {
            Line gone = lines.remove(top);
            if (top == 0 && !alternate) {
                keep(gone);
            }
            lines.add(bottom, new Line(columns, erased()));
        }
    }

    void scrollDown(int count) {
        for (int i = 0; i < Math.min(count, rows); i++) {
            lines.remove(bottom);
            lines.add(top, new Line(columns, erased()));
        }
    }

    void insertLines(int count) {
        if (row >= top && row <= bottom) {
            for (int i = 0; i < Math.min(count, rows); i++) {
                lines.remove(bottom);
                lines.add(row, new Line(columns, erased()));
            }
            carriageReturn();
        }
    }

    void deleteLines(int count) {
        if (row >= top && row <= bottom) {
            for (int i = 0; i < Math.min(count, rows); i++) {
                lines.remove(row);
                lines.add(bottom, new Line(columns, erased()));
            }
            carriageReturn();
        }
    }

    void alternate(boolean on, boolean clear) {
        if (on != alternate) {
            List<Line> grid = lines;
            lines = other;
            other = grid;
            alternate = on;
        }
        if (on && clear) {
            lines.forEach(line -> line.clear(0, columns, Style.PLAIN));
        }
        wrapPending = false;
    }

    void fill(int letter) {
        for (Line line : lines) {
            for (int i = 0; i < columns; i++) {
                line.set(i, letter, Style.PLAIN);
            }
        }
    }
}
