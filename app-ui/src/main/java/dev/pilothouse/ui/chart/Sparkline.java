package dev.pilothouse.ui.chart;

import dev.pilothouse.ui.theme.Swatches;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

/** A line without axes, as small as a cell of a table. JavaFX thread. */
public final class Sparkline extends Region {

    private final Swatches swatches =
            new Swatches(this::draw, "-color-accent-fg", "-color-accent-subtle");
    private final Canvas canvas = new Canvas();
    private double[] values = {};

    /** Without values. */
    public Sparkline() {
        setMinSize(30, 12);
        setPrefSize(70, 18);
        setMouseTransparent(true);
        getChildren().addAll(swatches, canvas);
    }

    /** Shows values at equal distances; NaN is a gap. */
    public void show(double[] latest) {
        values = latest.clone();
        draw();
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        draw();
    }

    private void draw() {
        GraphicsContext g = canvas.getGraphicsContext2D();
        double width = canvas.getWidth();
        double height = canvas.getHeight();
        g.clearRect(0, 0, width, height);
        double most = 0;
        for (double value : values) {
            most = Double.isNaN(value) ? most : Math.max(most, value);
        }
        if (values.length < 2 || most <= 0) {
            return;
        }
        Color colour = swatches.get("-color-accent-fg");
        g.setStroke(colour);
        g.setLineWidth(1.2);
        double step = width / (values.length - 1);
        for (int i = 1; i < values.length; i++) {
            if (!Double.isNaN(values[i - 1]) && !Double.isNaN(values[i])) {
                g.strokeLine(
                        (i - 1) * step,
                        1 + (height - 2) * (1 - values[i - 1] / most),
                        i * step,
                        1 + (height - 2) * (1 - values[i] / most));
            }
        }
    }
}
