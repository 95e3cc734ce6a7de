package dev.pilothouse.ui.terminal.screen;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A terminal: takes what a program writes, keeps the screen, and answers what the program asks.
 * Understands what programs send to an xterm. Thread-safe.
 */
public final class Terminal {

    private final Screen screen;
    private final Parser parser;
    private final Modes modes = new Modes();

    /**
     * A cleared screen.
     *
     * @param reply sends bytes to the program, such as where the cursor is; called while bytes are
     *     taken, must not block
     */
    public Terminal(int columns, int rows, Consumer<byte[]> reply) {
        screen = new Screen(columns, rows);
        parser = new Parser(new Sequences(screen, modes, reply), screen);
    }

    /** Takes what the program wrote; sequences and letters may be cut anywhere. */
    public synchronized void write(byte[] bytes, int from, int to) {
        parser.write(bytes, from, to);
    }

    /** Takes a sentence of our own, on lines of its own. */
    public synchronized void say(String sentence) {
        byte[] bytes = ("\r\n" + sentence + "\r\n").getBytes(StandardCharsets.UTF_8);
        parser.write(bytes, 0, bytes.length);
    }

    /** Another size; the least is two by two. */
    public synchronized void resize(int columns, int rows) {
        screen.resize(Math.max(2, columns), Math.max(2, rows));
    }

    /**
     * What is to be seen.
     *
     * @param lines rows from the top of the window on
     * @param row the cursor's, from the top of the window; may be outside
     * @param column the cursor's
     * @param cursor whether it is shown
     * @param history how many rows can be scrolled back
     * @param title what the program calls itself; may be empty
     */
    public record Picture(
            List<Line> lines, int row, int column, boolean cursor, int history, String title) {}

    /** A copy of the window as it is when scrolled back by some rows. */
    public synchronized Picture picture(int back) {
        int offset = Math.min(back, screen.historySize());
        List<Line> lines = new ArrayList<>();
        List<Line> history = offset > 0 ? screen.history() : List.of();
        for (int i = 0; i < screen.rows(); i++) {
            int at = i - offset;
            Line copy = new Line(screen.columns(), Style.PLAIN);
            copy.copy(at < 0 ? history.get(history.size() + at) : screen.line(at));
            copy.resize(screen.columns());
            lines.add(copy);
        }
        return new Picture(
                lines,
                screen.row + offset,
                screen.column,
                modes.cursor,
                screen.historySize(),
                modes.title);
    }

    /** All rows, those that have left the screen included, as text; wrapped ones joined. */
    public synchronized String text() {
        var text = new StringBuilder();
        List<Line> all = new ArrayList<>(screen.history());
        for (int i = 0; i < screen.rows(); i++) {
            all.add(screen.line(i));
        }
        for (Line line : all) {
            text.append(line.text(0, line.columns())).append(line.isWrapped() ? "" : "\n");
        }
        return text.toString().stripTrailing();
    }

    /** Whether a program has the whole screen, as editors do. */
    public synchronized boolean isAlternate() {
        return screen.isAlternate();
    }

    /** Whether arrow keys are sent in their application form. */
    public synchronized boolean isApplicationCursor() {
        return modes.applicationCursor;
    }

    /** Whether pasted text is to be put into brackets. */
    public synchronized boolean isBracketedPaste() {
        return modes.bracketedPaste;
    }

    /** Forgets what has left the screen. */
    public synchronized void clearHistory() {
        screen.clearHistory();
    }
}
