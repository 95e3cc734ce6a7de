package dev.pilothouse.ui.chart;

import static dev.pilothouse.ui.chart.Plot.LEFT;
import static dev.pilothouse.ui.chart.Plot.RIGHT;
import static dev.pilothouse.ui.chart.Plot.TOP;

import dev.pilothouse.ui.theme.Contrast;
import dev.pilothouse.ui.theme.Swatches;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/** Paints a chart once, as it is then. JavaFX thread. */
final class ChartPainter {

    private static final double[] HUES = {212, 28, 145, 285, 345, 185, 55, 255};
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter EXACT =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);
    private static final int LEGEND = 5;
    private static final double SMALL = 11.5;

    private final GraphicsContext g;
    private final Swatches swatches;
    private final Unit unit;
    private final Plot plot;
    private final ChartLink link;
    private final List<Series> series;
    private final List<TimeChart.Level> levels;
    private final ZoneId zone = ZoneId.systemDefault();

    /** The value at the upper edge. */
    private double top;

    ChartPainter(
            GraphicsContext g,
            Swatches swatches,
            Unit unit,
            Plot plot,
            List<Series> series,
            List<TimeChart.Level> levels) {
        this.g = g;
        this.swatches = swatches;
        this.unit = unit;
        this.plot = plot;
        this.link = plot.link();
        this.series = series;
        this.levels = levels;
    }

    /**
     * Paints everything.
     *
     * @param dragFrom where dragging has begun; negative when nobody drags
     * @param dragTo where it is now
     */
    void paint(String title, double dragFrom, double dragTo) {
        g.setFill(swatches.get("-color-bg-default"));
        g.fillRect(0, 0, plot.canvasWidth(), plot.canvasHeight());
        List<Double> ticks = ticks();
        top = ticks.getLast();
        axes(ticks);
        title(title);
        brush(dragFrom, dragTo);
        for (int i = series.size() - 1; i >= 0; i--) {
            line(series.get(i), colour(i), i == 0);
        }
        levels();
        marks();
        legend();
        cursor();
    }

    /** The values with a line across the chart; the last one is above all that is shown. */
    private List<Double> ticks() {
        double most = 0;
        for (Series each : series) {
            most = Math.max(most, each.largest(link.from(), link.to()));
        }
        double values = most;
        for (TimeChart.Level level : levels) {
            // A limit far above would press the line to the ground: then only its name is shown.
            if (level.value() <= values * 4 || values == 0) {
                most = Math.max(most, level.value());
            }
        }
        int about = (int) Math.max(2, plot.height() / 36);
        return Ticks.values(most * 1.02, about, unit == Unit.BYTES);
    }

    private void axes(List<Double> ticks) {
        g.setFont(Font.font(11));
        g.setLineWidth(1);
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.RIGHT);
        for (double tick : ticks) {
            double y = Math.round(plot.y(tick, top)) + 0.5;
            g.setStroke(swatches.get("-color-border-muted"));
            g.strokeLine(LEFT, y, LEFT + plot.width(), y);
            g.setFill(swatches.get("-color-fg-muted"));
            g.fillText(unit.format(tick), LEFT - 8, y);
        }
        long span = link.to() - link.from();
        long offset = zone.getRules().getOffset(Instant.ofEpochSecond(link.to())).getTotalSeconds();
        DateTimeFormatter form = span > 172_800 ? DAY : span < 600 ? EXACT : CLOCK;
        g.setTextAlign(TextAlignment.CENTER);
        g.setTextBaseline(VPos.BOTTOM);
        g.setFill(swatches.get("-color-fg-muted"));
        for (long tick : Ticks.times(link.from(), link.to(), (int) (plot.width() / 90), offset)) {
            g.fillText(
                    form.format(Instant.ofEpochSecond(tick).atZone(zone)),
                    plot.x(tick),
                    plot.canvasHeight() - 3);
        }
    }

    private void title(String title) {
        g.setTextAlign(TextAlignment.LEFT);
        g.setTextBaseline(VPos.TOP);
        g.setFont(Font.font(null, FontWeight.BOLD, 12.5));
        g.setFill(swatches.get("-color-fg-default"));
        g.fillText(title, 16, 5);
    }

    private void brush(double dragFrom, double dragTo) {
        if (dragFrom >= 0 && Math.abs(dragTo - dragFrom) > 5) {
            g.setFill(swatches.get("-color-accent-subtle"));
            g.fillRect(Math.min(dragFrom, dragTo), TOP, Math.abs(dragTo - dragFrom), plot.height());
        }
    }

    private void line(Series values, Color colour, boolean first) {
        int columns = Math.max(2, (int) plot.width());
        double[] bounds = values.columns(link.from(), link.to(), columns);
        // Measurements further apart than two steps have a gap between them.
        double gap = 2.5 * values.step() * columns / Math.max(1, link.to() - link.from()) + 1;
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            double low = bounds[i * 2];
            if (Double.isNaN(low)) {
                continue;
            }
            double x = LEFT + i + 0.5;
            if (!points.isEmpty() && x - points.getLast()[0] > gap) {
                stroke(points, colour, first);
                points.clear();
            }
            points.add(new double[] {x, plot.y(bounds[i * 2 + 1], top)});
            if (bounds[i * 2 + 1] > low) {
                points.add(new double[] {x, plot.y(low, top)});
            }
        }
        stroke(points, colour, first);
    }

    private void stroke(List<double[]> points, Color colour, boolean fill) {
        if (points.isEmpty()) {
            return;
        }
        int n = points.size();
        double[] xs = new double[n + 2];
        double[] ys = new double[n + 2];
        for (int i = 0; i < n; i++) {
            xs[i] = points.get(i)[0];
            ys[i] = points.get(i)[1];
        }
        if (fill) {
            xs[n] = xs[n - 1];
            ys[n] = plot.ground();
            xs[n + 1] = xs[0];
            ys[n + 1] = plot.ground();
            g.setFill(colour.deriveColor(0, 1, 1, 0.14));
            g.fillPolygon(xs, ys, n + 2);
        }
        g.setStroke(colour);
        g.setLineWidth(1.6);
        if (n == 1) {
            g.strokeLine(xs[0] - 1.5, ys[0], xs[0] + 1.5, ys[0]);
        } else {
            g.strokePolyline(xs, ys, n);
        }
    }

    private void levels() {
        g.setFont(Font.font(11));
        g.setTextBaseline(VPos.BOTTOM);
        g.setTextAlign(TextAlignment.RIGHT);
        for (TimeChart.Level level : levels) {
            Color colour = swatches.get(level.hard() ? "-color-danger-fg" : "-color-warning-fg");
            if (level.value() <= top) {
                double y = Math.round(plot.y(level.value(), top)) + 0.5;
                g.setStroke(colour);
                g.setLineWidth(1.2);
                g.setLineDashes(5, 4);
                g.strokeLine(LEFT, y, LEFT + plot.width(), y);
                g.setLineDashes();
                g.setFill(colour);
                g.fillText(
                        level.name() + " " + unit.format(level.value()),
                        LEFT + plot.width() - 4,
                        y - 1);
            }
        }
        g.setTextAlign(TextAlignment.LEFT);
    }

    private void marks() {
        for (ChartLink.Mark mark : link.marks()) {
            if (mark.time() >= link.from() && mark.time() <= link.to()) {
                double x = Math.round(plot.x(mark.time())) + 0.5;
                g.setFill(swatches.get(mark.warning() ? "-color-danger-fg" : "-color-accent-fg"));
                g.fillPolygon(
                        new double[] {x - 3.5, x + 3.5, x},
                        new double[] {plot.ground(), plot.ground(), plot.ground() - 6},
                        3);
            }
        }
    }

    /** The values at the cursor, or the last ones. */
    private void legend() {
        Text measure = new Text();
        measure.setFont(Font.font(SMALL));
        g.setFont(measure.getFont());
        g.setTextBaseline(VPos.TOP);
        double x = plot.canvasWidth() - RIGHT;
        int shown = Math.min(LEGEND, series.size());
        for (int i = shown - 1; i >= 0; i--) {
            Series each = series.get(i);
            double value = link.cursor() < 0 ? each.last() : each.at(link.cursor());
            String name =
                    each.name().length() > 24
                            ? "…" + each.name().substring(each.name().length() - 23)
                            : each.name();
            String text = name + "  " + unit.format(value);
            measure.setText(text);
            double width = measure.getLayoutBounds().getWidth();
            if (x - width < 130) {
                break;
            }
            x -= width;
            g.setFill(swatches.get("-color-fg-default"));
            g.fillText(text, x, 6);
            g.setFill(colour(i));
            g.fillRoundRect(x - 13, 8, 9, 9, 3, 3);
            x -= 26;
        }
    }

    private void cursor() {
        long at = link.cursor();
        if (at < link.from() || at > link.to()) {
            return;
        }
        double x = Math.round(plot.x(at)) + 0.5;
        g.setStroke(swatches.get("-color-fg-muted"));
        g.setLineWidth(1);
        g.strokeLine(x, TOP, x, plot.ground());
        for (int i = 0; i < series.size(); i++) {
            double value = series.get(i).at(at);
            if (!Double.isNaN(value)) {
                g.setFill(colour(i));
                g.fillOval(x - 3, plot.y(value, top) - 3, 6, 6);
            }
        }
        g.setFont(Font.font(11));
        g.setFill(swatches.get("-color-fg-default"));
        g.setTextBaseline(VPos.TOP);
        boolean right = x > LEFT + plot.width() / 2;
        g.setTextAlign(right ? TextAlignment.RIGHT : TextAlignment.LEFT);
        g.fillText(EXACT.format(Instant.ofEpochSecond(at).atZone(zone)), x + (right ? -5 : 5), TOP);
        g.setTextAlign(TextAlignment.LEFT);
    }

    private Color colour(int index) {
        return colour(index, swatches.get("-color-bg-default"));
    }

    /** The colour of a series on a ground. */
    static Color colour(int index, Color ground) {
        double hue = HUES[index % HUES.length];
        Color colour =
                ground.getBrightness() < 0.5
                        ? Color.hsb(hue, 0.55, 0.95)
                        : Color.hsb(hue, 0.80, 0.72);
        return Contrast.against(colour, ground, Contrast.DRAWN);
    }
}
