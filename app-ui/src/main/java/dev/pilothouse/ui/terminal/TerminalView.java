package dev.pilothouse.ui.terminal;

import dev.pilothouse.ui.fx.Clip;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.terminal.screen.Line;
import dev.pilothouse.ui.terminal.screen.Style;
import dev.pilothouse.ui.terminal.screen.Terminal;
import dev.pilothouse.ui.workbench.KeyStroke;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/** Draws a terminal and takes keys and mouse. JavaFX thread. */
final class TerminalView extends Region {

    private static final double SIZE = 13;
    private static final double EDGE = 6;
    private static final int WHEEL = 3;

    private final Consumer<byte[]> typed;
    private final BiConsumer<Integer, Integer> resized;
    private final TerminalColours colours = new TerminalColours(this::redraw);
    private final Canvas canvas = new Canvas();
    private final Font font = Font.font("monospace", SIZE);
    private final Font bold = Font.font("monospace", FontWeight.BOLD, SIZE);
    private final double letter;
    private final double height;
    private @Nullable Terminal terminal;
    private int columns = 80;
    private int rows = 24;
    private int back;
    private int[] from = {0, 0};
    private int[] to = {0, 0};

    /**
     * Without a terminal.
     *
     * @param typed takes what the keys send
     * @param resized is told columns and rows when they change
     */
    TerminalView(Consumer<byte[]> typed, BiConsumer<Integer, Integer> resized) {
        this.typed = typed;
        this.resized = resized;
        var sample = new Text("MMMMMMMMMM");
        sample.setFont(font);
        letter = sample.getLayoutBounds().getWidth() / 10;
        height = Math.ceil(sample.getLayoutBounds().getHeight()) + 1;
        setId("terminal-screen");
        // Every key is the program's, but for those that move between pages.
        getStyleClass().addAll("terminal-screen", KeyStroke.TAKES_KEYS);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TEXT_AREA);
        setAccessibleText(Texts.text("terminal.screen"));
        getChildren().addAll(colours.node(), canvas);
        addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        addEventHandler(
                KeyEvent.KEY_TYPED,
                event -> {
                    byte[] bytes = KeyCodes.typed(event);
                    if (bytes != null) {
                        send(bytes);
                    }
                    event.consume();
                });
        addEventHandler(ScrollEvent.SCROLL, this::wheel);
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::mousePressed);
        addEventHandler(
                MouseEvent.MOUSE_DRAGGED,
                event -> {
                    if (event.getButton() == MouseButton.PRIMARY) {
                        to = cell(event);
                        redraw();
                    }
                });
        focusedProperty().subscribe((_, _) -> redraw());
        menu();
    }

    void show(Terminal shown) {
        terminal = shown;
        back = 0;
        shown.resize(columns, rows);
        redraw();
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    private void menu() {
        var copy = new MenuItem(Texts.text("terminal.copy"));
        copy.setOnAction(_ -> copy());
        var paste = new MenuItem(Texts.text("terminal.paste"));
        paste.setOnAction(_ -> paste());
        var clear = new MenuItem(Texts.text("terminal.clear"));
        clear.setOnAction(_ -> {
            if (terminal != null) {
                terminal.clearHistory();
                redraw();
            }
        });
        var menu = new ContextMenu(copy, paste, clear);
        setOnContextMenuRequested(event -> menu.show(this, event.getScreenX(), event.getScreenY()));
    }

    private void send(byte[] bytes) {
        back = 0;
        from = to;
        typed.accept(bytes);
    }

    private void pressed(KeyEvent event) {
        Terminal shown = terminal;
        if (shown == null) {
            return;
        }
        boolean clipboard = event.isMetaDown() || (event.isControlDown() && event.isShiftDown());
        if (clipboard && event.getCode() == KeyCode.C) {
            copy();
        } else if (clipboard && event.getCode() == KeyCode.V) {
            paste();
        } else if (event.isShiftDown() && event.getCode() == KeyCode.PAGE_UP) {
            scroll(rows - 1);
        } else if (event.isShiftDown() && event.getCode() == KeyCode.PAGE_DOWN) {
            scroll(1 - rows);
        } else {
            String keys = KeyCodes.pressed(event, shown.isApplicationCursor());
            if (keys != null) {
                send(keys.getBytes(StandardCharsets.UTF_8));
            } else {
                return;
            }
        }
        event.consume();
    }

    private void wheel(ScrollEvent event) {
        Terminal shown = terminal;
        int lines = event.getDeltaY() > 0 ? WHEEL : -WHEEL;
        if (shown != null && event.getDeltaY() != 0) {
            if (shown.isAlternate()) {
                String key =
                        (shown.isApplicationCursor() ? "\u001bO" : "\u001b[")
                                + (lines > 0 ? "A" : "B");
                send(key.repeat(WHEEL).getBytes(StandardCharsets.UTF_8));
            } else {
                scroll(lines);
            }
        }
        event.consume();
    }

    private void scroll(int lines) {
        if (terminal != null) {
            back = Math.clamp((long) back + lines, 0, terminal.picture(0).history());
            redraw();
        }
    }

    private void mousePressed(MouseEvent event) {
        requestFocus();
        if (event.getButton() == MouseButton.PRIMARY) {
            from = cell(event);
            to = from;
            if (event.getClickCount() == 2) {
                word();
            }
            redraw();
        } else if (event.getButton() == MouseButton.MIDDLE) {
            paste();
        }
    }

    private int[] cell(MouseEvent event) {
        return new int[] {
            Math.clamp((long) ((event.getY() - EDGE) / height), 0, rows - 1),
            Math.clamp(Math.round((event.getX() - EDGE) / letter), 0, columns)
        };
    }

    private void word() {
        if (terminal == null) {
            return;
        }
        Line line = terminal.picture(back).lines().get(from[0]);
        int start = Math.min(from[1], line.columns() - 1);
        int end = start;
        while (start > 0 && line.letter(start - 1) != ' ') {
            start--;
        }
        while (end < line.columns() && line.letter(end) != ' ') {
            end++;
        }
        from = new int[] {from[0], start};
        to = new int[] {from[0], end};
    }

    /** The selected text. */
    String selection() {
        if (terminal == null) {
            return "";
        }
        int[][] ends = ordered();
        var text = new StringBuilder();
        Terminal.Picture picture = terminal.picture(back);
        for (int row = ends[0][0]; row <= Math.min(ends[1][0], rows - 1); row++) {
            Line line = picture.lines().get(row);
            int start = row == ends[0][0] ? ends[0][1] : 0;
            int end = row == ends[1][0] ? ends[1][1] : line.columns();
            text.append(line.text(start, end));
            if (row < ends[1][0] && !line.isWrapped()) {
                text.append('\n');
            }
        }
        return text.toString();
    }

    private int[][] ordered() {
        boolean forward = from[0] < to[0] || (from[0] == to[0] && from[1] <= to[1]);
        return forward ? new int[][] {from, to} : new int[][] {to, from};
    }

    private void copy() {
        String text = selection();
        if (!text.isEmpty()) {
            Clip.text(text);
        }
    }

    private void paste() {
        String text = Clipboard.getSystemClipboard().getString();
        if (text != null && terminal != null) {
            paste(text);
        }
    }

    /** Sends text as if it were typed; programs that can tell are told that it was pasted. */
    void paste(String text) {
        boolean brackets = terminal != null && terminal.isBracketedPaste();
        // An end of the brackets in the text would let the rest of it be typed as commands.
        String clean = text.replace("\u001b", "").replace("\r\n", "\r").replace('\n', '\r');
        send(
                (brackets ? "\u001b[200~" + clean + "\u001b[201~" : clean)
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        int newColumns = Math.max(2, (int) ((getWidth() - 2 * EDGE) / letter));
        int newRows = Math.max(2, (int) ((getHeight() - 2 * EDGE) / height));
        if (newColumns != columns || newRows != rows) {
            columns = newColumns;
            rows = newRows;
            if (terminal != null) {
                terminal.resize(columns, rows);
            }
            resized.accept(columns, rows);
        }
        redraw();
    }

    /** Draws the terminal as it is now. */
    void redraw() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.setFill(colours.ground());
        g.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
        Terminal shown = terminal;
        if (shown == null) {
            return;
        }
        Terminal.Picture picture = shown.picture(back);
        back = Math.min(back, picture.history());
        g.setTextBaseline(VPos.TOP);
        for (int row = 0; row < picture.lines().size(); row++) {
            line(g, picture.lines().get(row), EDGE + row * height, row);
        }
        if (picture.cursor() && picture.row() < rows) {
            cursor(g, picture);
        }
    }

    private void line(GraphicsContext g, Line line, double y, int row) {
        int start = 0;
        while (start < line.columns()) {
            long style = line.style(start);
            boolean marked = isSelected(row, start);
            int end = start + 1;
            while (end < line.columns()
                    && line.style(end) == style
                    && isSelected(row, end) == marked) {
                end++;
            }
            part(g, line, y, start, end, style, marked);
            start = end;
        }
    }

    private void part(
            GraphicsContext g,
            Line line,
            double y,
            int start,
            int end,
            long style,
            boolean marked) {
        boolean strong = Style.has(style, Style.BOLD);
        Color fore = colours.of(Style.foreground(style), colours.letters(), strong);
        Color ground = colours.of(Style.background(style), colours.ground(), false);
        if (Style.has(style, Style.INVERSE)) {
            Color swap = fore;
            fore = ground;
            ground = swap;
        }
        double x = EDGE + start * letter;
        if (marked) {
            ground = colours.selected();
        }
        if (!ground.equals(colours.ground())) {
            g.setFill(ground);
            g.fillRect(x, y, (end - start) * letter, height);
        }
        String text = line.text(start, end);
        if (text.isEmpty() || Style.has(style, Style.HIDDEN)) {
            return;
        }
        g.setFont(strong ? bold : font);
        g.setFill(Style.has(style, Style.DIM) ? fore.deriveColor(0, 1, 1, 0.65) : fore);
        if (text.chars().allMatch(c -> c < 0x2500)) {
            g.fillText(text, x, y);
        } else {
            // Letters of other fonts are of other widths: each is put into its own cell.
            for (int i = start; i < end; i++) {
                if (line.letter(i) > ' ') {
                    g.fillText(Character.toString(line.letter(i)), EDGE + i * letter, y);
                }
            }
        }
        g.setStroke(fore);
        if (Style.has(style, Style.UNDERLINE)) {
            g.strokeLine(x, y + height - 1.5, x + (end - start) * letter, y + height - 1.5);
        }
        if (Style.has(style, Style.STRIKE)) {
            g.strokeLine(x, y + height / 2, x + (end - start) * letter, y + height / 2);
        }
    }

    private boolean isSelected(int row, int column) {
        int[][] ends = ordered();
        boolean afterStart = row > ends[0][0] || (row == ends[0][0] && column >= ends[0][1]);
        boolean beforeEnd = row < ends[1][0] || (row == ends[1][0] && column < ends[1][1]);
        return afterStart && beforeEnd;
    }

    private void cursor(GraphicsContext g, Terminal.Picture picture) {
        double x = EDGE + picture.column() * letter;
        double y = EDGE + picture.row() * height;
        if (isFocused()) {
            g.setFill(colours.letters());
            g.fillRect(x, y, letter, height);
            Line line = picture.lines().get(picture.row());
            int under = line.letter(picture.column());
            if (under > ' ') {
                g.setFill(colours.ground());
                g.setFont(font);
                g.fillText(Character.toString(under), x, y);
            }
        } else {
            g.setStroke(colours.letters());
            g.strokeRect(x + 0.5, y + 0.5, letter - 1, height - 1);
        }
    }
}
