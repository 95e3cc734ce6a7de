package dev.pilothouse.ui.logs;

import dev.pilothouse.ui.fx.Clip;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.logs.store.Ansi;
import dev.pilothouse.ui.logs.store.JsonLine;
import dev.pilothouse.ui.logs.store.LogLine;
import dev.pilothouse.ui.logs.store.LogView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a view, of which only those on the screen are read and drawn. It holds on to a line,
 * not to a position: lines that are put in before it do not move it. JavaFX thread.
 */
final class LogCanvas extends Region {

    private static final double BAR = 14;
    private static final int WHEEL_LINES = 3;
    private static final int MOST_COPIED = 100_000;

    private final LogModel model;
    private final LineText text;
    private final LogColours colours = new LogColours(this::redraw);
    private final LogPainter painter;
    private final Canvas canvas = new Canvas();
    private final ScrollBar bar = new ScrollBar();
    private final Runnable changed;
    private List<Highlight> highlights = List.of();
    private IntFunction<String> names = _ -> "";
    private int nameWidth;
    private @Nullable LogView view;
    private List<LogLine> shown = List.of();
    private double[] ends = {};
    private Set<String> fields = new TreeSet<>();
    private boolean following = true;
    private int whenPaused;
    private int top;
    private int topId = -1;
    private int left;
    private int current = -1;
    private int anchor = -1;
    private boolean settingBar;
    private int held = -1;

    /**
     * Shows what the model has.
     *
     * @param changed told when following, the current line, or the fields seen have changed
     */
    LogCanvas(LogModel model, LineText text, Runnable changed) {
        this.model = model;
        this.text = text;
        this.changed = changed;
        this.painter = new LogPainter(colours, text);
        getStyleClass().add("log-lines");
        setId("log-lines");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TEXT);
        setAccessibleText(Texts.text("logs.lines"));
        bar.setOrientation(Orientation.VERTICAL);
        bar.setAccessibleText(Texts.text("logs.scroll"));
        bar.valueProperty()
                .addListener((_, _, value) -> {
                    if (!settingBar) {
                        scrollTo((int) Math.round(value.doubleValue()));
                    }
                });
        getChildren().addAll(colours.node(), canvas, bar);
        addEventHandler(ScrollEvent.SCROLL, this::wheel);
        canvas.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        canvas.addEventHandler(
                MouseEvent.MOUSE_DRAGGED, event -> select(lineAt(event.getY()), true));
        new LogKeys(this, model).install();
    }

    LogColours colours() {
        return colours;
    }

    /** What stands in front of lines, and how the widest of them is. */
    void names(IntFunction<String> sourceNames, int width) {
        names = sourceNames;
        nameWidth = width;
    }

    void highlight(List<Highlight> rules) {
        highlights = List.copyOf(rules);
        redraw();
    }

    boolean isFollowing() {
        return following;
    }

    /** Goes with the end, or stays where it is. */
    void follow(boolean on) {
        following = on;
        held = -1;
        whenPaused = view == null ? 0 : view.size();
        redraw();
        changed.run();
    }

    /** How many lines have come since following was ended. */
    int since() {
        return following || view == null ? 0 : Math.max(0, view.size() - whenPaused);
    }

    /** The fields of JSON lines that have been on the screen. */
    Set<String> fields() {
        return fields;
    }

    /** The current line, or -1. */
    int current() {
        return current;
    }

    /** The first and the last position on the screen. */
    int[] window() {
        return new int[] {top, top + Math.max(0, shown.size() - 1)};
    }

    /** Stays at a line while the view is built up anew. */
    void hold(int id) {
        following = false;
        current = id;
        anchor = id;
        topId = id;
        held = id;
        redraw();
    }

    /** Goes to a line of the store, or to where it would stand. */
    void reveal(int id) {
        if (view != null && id >= 0) {
            following = false;
            current = id;
            anchor = id;
            whenPaused = view.size();
            int place = view.place(id);
            if (place < top || place >= top + Math.max(1, shown.size() - 1)) {
                moveTo(place - pageLines() / 3);
            }
            redraw();
            changed.run();
        }
    }

    /** Puts a position at the top, and ends following unless that is the end. */
    void scrollTo(int position) {
        boolean atEnd = position >= lastTop();
        if (following != atEnd) {
            whenPaused = view == null ? 0 : view.size();
        }
        following = atEnd && view != null && view.size() > pageLines();
        moveTo(position);
        redraw();
        changed.run();
    }

    /** Moves the current line. */
    void step(int lines, boolean extend) {
        if (view == null || view.size() == 0) {
            return;
        }
        int from = current < 0 ? (lines > 0 ? top - 1 : top + shown.size()) : view.place(current);
        select(Math.clamp((long) from + lines, 0, view.size() - 1), extend);
    }

    void sideways(int letters) {
        left = text.wrap ? 0 : Math.max(0, left + letters);
        redraw();
    }

    int pageLines() {
        return Math.max(1, (int) (canvas.getHeight() / painter.rowHeight()) - 1);
    }

    int size() {
        return view == null ? 0 : view.size();
    }

    private int lastTop() {
        return Math.max(0, size() - pageLines());
    }

    private void moveTo(int position) {
        held = -1;
        top = Math.clamp(position, 0, Math.max(0, size() - 1));
        topId = view == null || view.size() == 0 ? -1 : view.id(top);
    }

    private void select(int position, boolean extend) {
        if (view == null || position < 0 || position >= view.size()) {
            return;
        }
        following = false;
        whenPaused = view.size();
        current = view.id(position);
        if (!extend || anchor < 0) {
            anchor = current;
        }
        if (position < top) {
            moveTo(position);
        } else if (position > top + Math.max(0, shown.size() - 2)) {
            moveTo(position - Math.max(0, shown.size() - 2));
        }
        redraw();
        changed.run();
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        int line = lineAt(event.getY());
        if (event.getButton() == MouseButton.PRIMARY) {
            select(line, event.isShiftDown());
        } else if (line >= 0 && !isSelected(line)) {
            select(line, false);
        }
    }

    private int lineAt(double y) {
        for (int i = 0; i < shown.size(); i++) {
            if (y < ends[i]) {
                return top + i;
            }
        }
        return top + shown.size() - 1;
    }

    private boolean isSelected(int position) {
        if (view == null || anchor < 0 || current < 0) {
            return false;
        }
        int a = view.place(anchor);
        int b = view.place(current);
        return position >= Math.min(a, b) && position <= Math.max(a, b);
    }

    private void wheel(ScrollEvent event) {
        if (event.isShiftDown() || Math.abs(event.getDeltaX()) > Math.abs(event.getDeltaY())) {
            sideways(event.getDeltaX() + event.getDeltaY() > 0 ? -8 : 8);
        } else if (event.getDeltaY() != 0) {
            int lines = (int) Math.round(event.getDeltaY() / 40 * WHEEL_LINES);
            int least = event.getDeltaY() > 0 ? 1 : -1;
            scrollTo(top - (lines == 0 ? least : lines));
        }
        event.consume();
    }

    /** Copies the selected lines as the containers wrote them. */
    void copy() {
        if (view == null || current < 0) {
            return;
        }
        int a = view.place(anchor);
        int b = view.place(current);
        int from = Math.min(a, b);
        int count = Math.min(MOST_COPIED, Math.abs(a - b) + 1);
        var all = new StringBuilder();
        try {
            for (LogLine line : view.lines(from, count)) {
                all.append(all.isEmpty() || line.continues() ? "" : "\n").append(line.text());
            }
        } catch (IOException e) {
            return;
        }
        Clip.text(all.toString());
    }

    @Override
    protected void layoutChildren() {
        double width = Math.max(0, getWidth() - BAR);
        canvas.setWidth(width);
        canvas.setHeight(getHeight());
        bar.resizeRelocate(width, 0, BAR, getHeight());
        redraw();
    }

    /** Draws what the model has now. */
    void redraw() {
        LogView latest = model.view();
        if (latest != view) {
            view = latest;
            topId = following ? -1 : current >= 0 ? current : topId;
            whenPaused = 0;
        }
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.setFill(colours.get("bg-default"));
        g.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
        shown = List.of();
        if (view != null && view.size() > 0 && canvas.getHeight() > 0) {
            place(view);
            draw(g, view);
        }
        settingBar = true;
        bar.setMax(Math.max(1, lastTop()));
        bar.setVisibleAmount(
                Math.max(1, (double) bar.getMax() * pageLines() / Math.max(1, size())));
        bar.setUnitIncrement(1);
        bar.setBlockIncrement(pageLines());
        bar.setValue(Math.min(top, bar.getMax()));
        bar.setVisible(size() > pageLines());
        settingBar = false;
    }

    private void place(LogView lines) {
        if (following) {
            top = Math.max(0, lines.size() - pageLines());
        } else if (held >= 0) {
            // A third down, so that one sees what stands before it.
            top =
                    Math.clamp(
                            lines.place(held) - pageLines() / 3L, 0, Math.max(0, lines.size() - 1));
            if (lines.tested() >= model.total()) {
                held = -1;
            }
        } else if (topId >= 0) {
            top = Math.clamp(lines.place(topId), 0, Math.max(0, lines.size() - 1));
        }
        topId = lines.id(Math.min(top, lines.size() - 1));
    }

    private void draw(GraphicsContext g, LogView lines) {
        painter.prepare(names, nameWidth, highlights, model.search(), model.filter());
        double width = canvas.getWidth();
        try {
            shown = lines.lines(top, pageLines() + 2);
            List<Ansi.Line> texts = new ArrayList<>();
            shown.forEach(line -> texts.add(text.text(line)));
            int skip = following ? skip(texts, width) : 0;
            top += skip;
            shown = shown.subList(skip, shown.size());
            ends = new double[shown.size()];
            double y = 0;
            for (int i = 0; i < shown.size(); i++) {
                LogLine line = shown.get(i);
                boolean one = anchor == current;
                var mark =
                        new LogPainter.Mark(
                                line.id() == current,
                                !one && isSelected(top + i),
                                model.isBookmarked(line.id()));
                y = painter.line(g, line, texts.get(i + skip), y, width, left, mark);
                ends[i] = y;
                if (line.id() == current) {
                    setAccessibleText(texts.get(i + skip).text());
                }
            }
            collectFields();
        } catch (IOException e) {
            g.setFill(colours.get("danger-fg"));
            g.fillText(String.valueOf(e.getMessage()), painter.textX(), painter.rowHeight());
        }
    }

    /** Wrapped lines take more room: as many are left out above as do not fit. */
    private int skip(List<Ansi.Line> texts, double width) {
        double room = canvas.getHeight();
        int first = texts.size();
        while (first > 0 && room >= 0) {
            room -= painter.rows(texts.get(first - 1), width) * painter.rowHeight();
            first--;
        }
        return room < 0 ? Math.min(first + 1, texts.size() - 1) : first;
    }

    private void collectFields() {
        int before = fields.size();
        for (LogLine line : shown) {
            if (fields.size() < 60 && line.bytes().length > 1 && line.bytes()[0] == '{') {
                JsonLine.parse(line.text())
                        .ifPresent(json -> fields.addAll(json.fields().keySet()));
            }
        }
        if (fields.size() != before) {
            changed.run();
        }
    }
}
