package dev.pilothouse.ui.chart;

import dev.pilothouse.ui.theme.Swatches;
import java.util.List;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/**
 * Lines over time with a cursor that all charts of a page share, marks of what happened, and lines
 * for requests and limits. Dragging zooms, a double click shows all again; with the keyboard, A and
 * D move the cursor, W and S zoom. JavaFX thread.
 */
public final class TimeChart extends Region {

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

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        draw();
    }

    private Plot plot() {
        return new Plot(canvas.getWidth(), canvas.getHeight(), link);
    }

    private long time(double x) {
        return plot().time(x);
    }

    private void draw() {
        Plot plot = plot();
        if (plot.hasRoom()) {
            GraphicsContext g = canvas.getGraphicsContext2D();
            ChartPainter painter = new ChartPainter(g, swatches, unit, plot, series, levels);
            painter.paint(title, dragFrom, dragTo);
        }
    }
}
