package dev.pilothouse.ui.logs;

import dev.pilothouse.ui.logs.store.Ansi;
import dev.pilothouse.ui.logs.store.Level;
import dev.pilothouse.ui.logs.store.LogLine;
import dev.pilothouse.ui.logs.store.TextPattern;
import java.util.List;
import java.util.function.IntFunction;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/** Draws lines in a grid of equal letters. JavaFX thread. */
final class LogPainter {

    private static final double SIZE = 12.5;
    private static final double BAR = 3;
    private static final double EDGE = 8;
    private static final int TIME = 13;

    private final Font font = Font.font("monospace", SIZE);
    private final Font bold = Font.font("monospace", FontWeight.BOLD, SIZE);
    private final LogColours colours;
    private final LineText text;
    private final double letter;
    private final double rowHeight;
    private int nameWidth;
    private IntFunction<String> names = _ -> "";
    private List<Highlight> highlights = List.of();
    private @Nullable TextPattern search;
    private @Nullable TextPattern filter;

    LogPainter(LogColours colours, LineText text) {
        this.colours = colours;
        this.text = text;
        var sample = new Text("MMMMMMMMMM");
        sample.setFont(font);
        letter = sample.getLayoutBounds().getWidth() / 10;
        rowHeight = Math.ceil(sample.getLayoutBounds().getHeight()) + 2;
    }

    /**
     * What is the same for all lines.
     *
     * @param width the letters of the longest name; 0 shows none
     */
    void prepare(
            IntFunction<String> sourceNames,
            int width,
            List<Highlight> rules,
            @Nullable TextPattern searched,
            @Nullable TextPattern filtered) {
        names = sourceNames;
        nameWidth = text.names ? width : 0;
        highlights = rules;
        search = searched;
        filter = filtered;
    }

    double rowHeight() {
        return rowHeight;
    }

    double letter() {
        return letter;
    }

    /** Where the text begins. */
    double textX() {
        return BAR + EDGE + letter * prefix();
    }

    private int prefix() {
        return (text.times ? TIME : 0) + (nameWidth > 0 ? nameWidth + 1 : 0);
    }

    /** How many letters fit into a row. */
    int columns(double width) {
        return Math.max(10, (int) ((width - textX() - EDGE) / letter));
    }

    /** How many rows a line takes. */
    int rows(Ansi.Line line, double width) {
        return text.wrap ? Math.max(1, Math.ceilDiv(line.text().length(), columns(width))) : 1;
    }

    /** How a line stands to the user. */
    record Mark(boolean current, boolean selected, boolean bookmarked) {}

    /**
     * Draws a line from {@code y} on; returns where it ends.
     *
     * @param left how many letters are scrolled away to the left
     */
    double line(
            GraphicsContext g,
            LogLine line,
            Ansi.Line shown,
            double y,
            double width,
            int left,
            Mark mark) {
        int rows = rows(shown, width);
        double height = rows * rowHeight;
        if (mark.selected()) {
            g.setFill(colours.get("accent-muted"));
            g.fillRect(BAR, y, width, height);
        } else if (mark.current()) {
            g.setFill(colours.get("accent-subtle"));
            g.fillRect(BAR, y, width, height);
        }
        g.setFill(colours.source(line.source()));
        g.fillRect(0, y, BAR, height);
        double x = textX();
        int perRow = columns(width);
        g.save();
        g.beginPath();
        g.rect(x - 1, y, width - x + 1, height);
        g.clip();
        for (int row = 0; row < rows; row++) {
            int from = text.wrap ? row * perRow : left;
            int to = Math.min(shown.text().length(), from + perRow + 1 - (text.wrap ? 1 : 0));
            if (from < to) {
                row(g, line, shown, x, y + row * rowHeight, from, to);
            }
        }
        g.restore();
        prefix(g, line, y, mark.bookmarked());
        return y + height;
    }

    private void prefix(GraphicsContext g, LogLine line, double y, boolean bookmarked) {
        double x = BAR + EDGE;
        g.setFont(font);
        g.setTextBaseline(VPos.TOP);
        if (bookmarked) {
            g.setFill(colours.get("accent-fg"));
            g.fillPolygon(
                    new double[] {BAR + 1, BAR + 6, BAR + 6, BAR + 3.5, BAR + 1},
                    new double[] {y + 3, y + 3, y + 13, y + 10, y + 13},
                    5);
        }
        if (text.times) {
            g.setFill(colours.get("fg-muted"));
            g.fillText(line.continues() ? "" : text.time(line), x, y + 1);
            x += TIME * letter;
        }
        if (nameWidth > 0) {
            g.setFill(colours.source(line.source()));
            String name = names.apply(line.source());
            g.fillText(
                    name.length() > nameWidth
                            ? "…" + name.substring(name.length() - nameWidth + 1)
                            : name,
                    x,
                    y + 1);
        }
    }

    private void row(
            GraphicsContext g,
            LogLine line,
            Ansi.Line shown,
            double x,
            double y,
            int from,
            int to) {
        for (Highlight highlight : highlights) {
            g.setFill(colours.mark(highlight.hue()));
            marks(g, highlight.pattern(), shown, x, y, from, to);
        }
        if (filter != null && search == null) {
            g.setFill(colours.get("accent-muted"));
            marks(g, filter, shown, x, y, from, to);
        }
        if (search != null) {
            g.setFill(colours.mark(48));
            marks(g, search, shown, x, y, from, to);
        }
        Color plain =
                line.level() == Level.ERROR || line.level() == Level.WARN
                        ? colours.level(line.level())
                        : line.level() == Level.DEBUG
                                ? colours.get("fg-muted")
                                : colours.get("fg-default");
        int at = from;
        for (Ansi.Span span : shown.spans()) {
            if (span.to() <= at || span.from() >= to) {
                continue;
            }
            int start = Math.max(at, span.from());
            int end = Math.min(to, span.to());
            part(g, shown.text(), x, y, from, at, start, plain, font);
            double left = x + (start - from) * letter;
            if (span.ground() != Ansi.DEFAULT) {
                g.setFill(colours.ansi(span.ground(), plain));
                g.fillRect(left, y, (end - start) * letter, rowHeight);
            }
            Color colour = colours.ansi(span.colour(), plain);
            part(
                    g,
                    shown.text(),
                    x,
                    y,
                    from,
                    start,
                    end,
                    span.dim() ? colour.deriveColor(0, 1, 1, 0.7) : colour,
                    span.bold() ? bold : font);
            if (span.underline()) {
                g.setStroke(colour);
                g.strokeLine(
                        left,
                        y + rowHeight - 2.5,
                        left + (end - start) * letter,
                        y + rowHeight - 2.5);
            }
            at = end;
        }
        part(g, shown.text(), x, y, from, at, to, plain, font);
    }

    private void part(
            GraphicsContext g,
            String all,
            double x,
            double y,
            int rowStart,
            int from,
            int to,
            Color colour,
            Font face) {
        if (from < to) {
            g.setFont(face);
            g.setTextBaseline(VPos.TOP);
            g.setFill(colour);
            g.fillText(all.substring(from, to), x + (from - rowStart) * letter, y + 1);
        }
    }

    private void marks(
            GraphicsContext g,
            TextPattern pattern,
            Ansi.Line shown,
            double x,
            double y,
            int from,
            int to) {
        for (int[] place : pattern.places(shown.text())) {
            int start = Math.max(from, place[0]);
            int end = Math.min(to, place[1]);
            if (start < end) {
                g.fillRect(x + (start - from) * letter, y, (end - start) * letter, rowHeight);
            }
        }
    }
}
