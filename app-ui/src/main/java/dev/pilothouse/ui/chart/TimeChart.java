package dev.pilothouse.ui.chart;

import dev.pilothouse.ui.theme.Contrast;
import dev.pilothouse.ui.theme.Swatches;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/**
 * Lines over time with a cursor that all charts of a page share, marks of what happened, and lines
 * for requests and limits. Dragging zooms, a double click shows all again; with the keyboard, A and
 * D move the cursor, W and S zoom. JavaFX thread.
 */
public final class TimeChart extends Region {

    private static final double LEFT = 70;
    private static final double RIGHT = 16;
    private static final double TOP = 34;
    private static final double BOTTOM = 20;
    private static final double[] HUES = {212, 28, 145, 285, 345, 185, 55, 255};
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter EXACT =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);
    private static final int LEGEND = 5;
    private static final double SMALL = 11.5;

    private final Canvas canvas = new Canvas();
    private final Swatches swatches =
            new Swatches(
                    this::draw,
                    "-color-bg-default",
                    "-color-fg-default",
                    "-color-fg-muted",
                    "-color-border-muted",
                    "-color-danger-fg",
                    "-color-warning-fg",
                    "-color-accent-subtle",
                    "-color-accent-fg");
    private final ZoneId zone = ZoneId.systemDefault();
    private final Text measure = new Text();
    private final String title;
    private final Unit unit;
    private final ChartLink link;
    private List<Series> series = List.of();
    private List<Level> levels = List.of();
    private double dragFrom = -1;
    private double dragTo = -1;

    /**
     * A value that is compared with.
     *
     * @param name such as "limit"
     * @param value in the chart's unit
     * @param hard whether it must not be passed
     */
    public record Level(String name, double value, boolean hard) {}

    /** Without values. */
    public TimeChart(String title, Unit unit, ChartLink link) {
        this.title = title;
        this.unit = unit;
        this.link = link;
        getStyleClass().add("time-chart");
        setMinHeight(150);
        setPrefHeight(210);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        measure.setFont(Font.font(SMALL));
        getChildren().addAll(swatches, canvas);
        link.onChange(this::draw);
        canvas.setOnMouseMoved(event -> link.cursor(time(event.getX())));
        canvas.setOnMouseExited(_ -> link.cursor(-1));
        canvas.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        canvas.addEventHandler(
                MouseEvent.MOUSE_DRAGGED,
                event -> {
                    if (dragFrom >= 0) {
                        dragTo = event.getX();
                        link.cursor(time(event.getX()));
                        draw();
                    }
                });
        canvas.addEventHandler(MouseEvent.MOUSE_RELEASED, _ -> released());
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        focusedProperty().addListener((_, _, _) -> draw());
        describe();
    }

    /** Shows values; the first series have the strongest colours. */
    public void show(List<Series> values, List<Level> compared) {
        series = List.copyOf(values);
        levels = List.copyOf(compared);
        describe();
        draw();
    }

    /** Whether there is anything to be seen. */
    public boolean hasValues() {
        return series.stream().anyMatch(each -> !Double.isNaN(each.last()));
    }

    private void describe() {
        var text = new StringBuilder(title);
        for (Series each : series) {
            text.append(". ").append(each.name()).append(' ').append(unit.format(each.last()));
        }
        setAccessibleText(text.toString());
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
            link.zoom(0, 0);
        } else if (event.getButton() == MouseButton.PRIMARY) {
            dragFrom = event.getX();
            dragTo = dragFrom;
        }
    }

    private void released() {
        if (dragFrom >= 0 && Math.abs(dragTo - dragFrom) > 5) {
            long a = time(Math.min(dragFrom, dragTo));
            long b = time(Math.max(dragFrom, dragTo));
            link.zoom(a, Math.max(a + 30, b));
        }
        dragFrom = -1;
        draw();
    }

    private void key(KeyEvent event) {
        long span = link.to() - link.from();
        long at = link.cursor() < 0 ? link.to() - span / 2 : link.cursor();
        switch (event.getCode()) {
            case A, LEFT -> link.cursor(Math.max(link.from(), at - Math.max(1, span / 50)));
            case D, RIGHT -> link.cursor(Math.min(link.to(), at + Math.max(1, span / 50)));
            case W ->
                    link.zoom(
                            Math.max(link.from(), at - span / 4),
                            Math.min(link.to(), at + span / 4));
            case S, DIGIT0 -> link.zoom(0, 0);
            default -> {
                return;
            }
        }
        event.consume();
    }

    private double width() {
        return Math.max(1, canvas.getWidth() - LEFT - RIGHT);
    }

    private long time(double x) {
        double share = Math.clamp((x - LEFT) / width(), 0, 1);
        return link.from() + Math.round((link.to() - link.from()) * share);
    }

    private double x(long time) {
        return LEFT + width() * (time - link.from()) / Math.max(1, link.to() - link.from());
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

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        draw();
    }

    private void draw() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        double height = canvas.getHeight() - TOP - BOTTOM;
        if (height < 10 || canvas.getWidth() < LEFT + RIGHT + 10) {
            return;
        }
        g.setFill(swatches.get("-color-bg-default"));
        g.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
        double most = 0;
        for (Series each : series) {
            most = Math.max(most, each.largest(link.from(), link.to()));
        }
        double values = most;
        for (Level level : levels) {
            // A limit far above would press the line to the ground: then only its name is shown.
            if (level.value() <= values * 4 || values == 0) {
                most = Math.max(most, level.value());
            }
        }
        int about = (int) Math.max(2, height / 36);
        List<Double> ticks = Ticks.values(most * 1.02, about, unit == Unit.BYTES);
        double top = ticks.getLast();
        axes(g, ticks, top, height);
        brush(g, height);
        for (int i = series.size() - 1; i >= 0; i--) {
            line(g, series.get(i), colour(i), top, height, i == 0);
        }
        levels(g, top, height);
        marks(g, height);
        legend(g);
        cursor(g, top, height);
    }

    private double y(double value, double top, double height) {
        return TOP + height * (1 - value / top);
    }

    private void axes(GraphicsContext g, List<Double> ticks, double top, double height) {
        g.setFont(Font.font(11));
        g.setLineWidth(1);
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.RIGHT);
        for (double tick : ticks) {
            double y = Math.round(y(tick, top, height)) + 0.5;
            g.setStroke(swatches.get("-color-border-muted"));
            g.strokeLine(LEFT, y, LEFT + width(), y);
            g.setFill(swatches.get("-color-fg-muted"));
            g.fillText(unit.format(tick), LEFT - 8, y);
        }
        long span = link.to() - link.from();
        long offset = zone.getRules().getOffset(Instant.ofEpochSecond(link.to())).getTotalSeconds();
        DateTimeFormatter form = span > 172_800 ? DAY : span < 600 ? EXACT : CLOCK;
        g.setTextAlign(TextAlignment.CENTER);
        g.setTextBaseline(VPos.BOTTOM);
        g.setFill(swatches.get("-color-fg-muted"));
        for (long tick : Ticks.times(link.from(), link.to(), (int) (width() / 90), offset)) {
            g.fillText(
                    form.format(Instant.ofEpochSecond(tick).atZone(zone)),
                    x(tick),
                    canvas.getHeight() - 3);
        }
        g.setTextAlign(TextAlignment.LEFT);
        g.setTextBaseline(VPos.TOP);
        g.setFont(Font.font(null, FontWeight.BOLD, 12.5));
        g.setFill(swatches.get("-color-fg-default"));
        g.fillText(title, 16, 5);
    }

    private void brush(GraphicsContext g, double height) {
        if (dragFrom >= 0 && Math.abs(dragTo - dragFrom) > 5) {
            g.setFill(swatches.get("-color-accent-subtle"));
            g.fillRect(Math.min(dragFrom, dragTo), TOP, Math.abs(dragTo - dragFrom), height);
        }
    }

    private void line(
            GraphicsContext g,
            Series values,
            Color colour,
            double top,
            double height,
            boolean first) {
        int columns = Math.max(2, (int) width());
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
                stroke(g, points, colour, height, first);
                points.clear();
            }
            points.add(new double[] {x, y(bounds[i * 2 + 1], top, height)});
            if (bounds[i * 2 + 1] > low) {
                points.add(new double[] {x, y(low, top, height)});
            }
        }
        stroke(g, points, colour, height, first);
    }

    private static void stroke(
            GraphicsContext g, List<double[]> points, Color colour, double height, boolean fill) {
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
            ys[n] = TOP + height;
            xs[n + 1] = xs[0];
            ys[n + 1] = TOP + height;
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

    private void levels(GraphicsContext g, double top, double height) {
        g.setFont(Font.font(11));
        g.setTextBaseline(VPos.BOTTOM);
        g.setTextAlign(TextAlignment.RIGHT);
        for (Level level : levels) {
            Color colour = swatches.get(level.hard() ? "-color-danger-fg" : "-color-warning-fg");
            if (level.value() <= top) {
                double y = Math.round(y(level.value(), top, height)) + 0.5;
                g.setStroke(colour);
                g.setLineWidth(1.2);
                g.setLineDashes(5, 4);
                g.strokeLine(LEFT, y, LEFT + width(), y);
                g.setLineDashes();
                g.setFill(colour);
                g.fillText(
                        level.name() + " " + unit.format(level.value()), LEFT + width() - 4, y - 1);
            }
        }
        g.setTextAlign(TextAlignment.LEFT);
    }

    private void marks(GraphicsContext g, double height) {
        for (ChartLink.Mark mark : link.marks()) {
            if (mark.time() >= link.from() && mark.time() <= link.to()) {
                double x = Math.round(x(mark.time())) + 0.5;
                g.setFill(swatches.get(mark.warning() ? "-color-danger-fg" : "-color-accent-fg"));
                g.fillPolygon(
                        new double[] {x - 3.5, x + 3.5, x},
                        new double[] {TOP + height, TOP + height, TOP + height - 6},
                        3);
            }
        }
    }

    /** The values at the cursor, or the last ones. */
    private void legend(GraphicsContext g) {
        g.setFont(measure.getFont());
        g.setTextBaseline(VPos.TOP);
        double x = canvas.getWidth() - RIGHT;
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

    private void cursor(GraphicsContext g, double top, double height) {
        long at = link.cursor();
        if (at < link.from() || at > link.to()) {
            return;
        }
        double x = Math.round(x(at)) + 0.5;
        g.setStroke(swatches.get("-color-fg-muted"));
        g.setLineWidth(1);
        g.strokeLine(x, TOP, x, TOP + height);
        for (int i = 0; i < series.size(); i++) {
            double value = series.get(i).at(at);
            if (!Double.isNaN(value)) {
                g.setFill(colour(i));
                g.fillOval(x - 3, y(value, top, height) - 3, 6, 6);
            }
        }
        g.setFont(Font.font(11));
        g.setFill(swatches.get("-color-fg-default"));
        g.setTextBaseline(VPos.TOP);
        boolean right = x > LEFT + width() / 2;
        g.setTextAlign(right ? TextAlignment.RIGHT : TextAlignment.LEFT);
        g.fillText(EXACT.format(Instant.ofEpochSecond(at).atZone(zone)), x + (right ? -5 : 5), TOP);
        g.setTextAlign(TextAlignment.LEFT);
    }
}
