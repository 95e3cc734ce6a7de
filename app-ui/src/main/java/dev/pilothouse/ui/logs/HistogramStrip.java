package dev.pilothouse.ui.logs;

import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.logs.store.LogView;
import dev.pilothouse.ui.logs.store.Timestamps;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.function.IntConsumer;
import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/** How many lines there were when; errors in red. A click goes to that time. JavaFX thread. */
final class HistogramStrip extends Region {

    private static final double HEIGHT = 46;
    private static final double BARS = 30;
    private static final double WIDTH = 4;
    private static final double EDGE = 11;

    private final LogModel model;
    private final LogColours colours;
    private final IntConsumer go;
    private final Canvas canvas = new Canvas();
    private int[] window = {0, 0};

    HistogramStrip(LogModel model, LogColours colours, IntConsumer go) {
        this.model = model;
        this.colours = colours;
        this.go = go;
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
        setId("log-histogram");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText(Texts.text("logs.histogram"));
        getChildren().add(canvas);
        canvas.addEventHandler(MouseEvent.MOUSE_PRESSED, this::to);
        canvas.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::to);
    }

    private void to(MouseEvent event) {
        LogView view = model.view();
        long[] span = view == null ? null : view.span();
        if (view != null && span != null) {
            double share = Math.clamp((event.getX() - EDGE) / (getWidth() - 2 * EDGE), 0, 1);
            go.accept(view.before(span[0] + (long) ((span[1] - span[0]) * share)));
        }
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(HEIGHT);
        draw(window);
    }

    /** Draws; {@code shown} are the first and last position on the screen. */
    void draw(int[] shown) {
        window = shown;
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), HEIGHT);
        LogView view = model.view();
        LogView grave = model.grave();
        long[] span = view == null ? null : view.span();
        double width = canvas.getWidth() - 2 * EDGE;
        if (view == null || grave == null || span == null || width < 2 * WIDTH) {
            return;
        }
        int parts = (int) (width / WIDTH);
        int[] counts = view.histogram(span[0], span[1], parts);
        // Of all lines; of those, no more than there are in the view.
        int[] errors = grave.histogram(span[0], span[1], parts);
        int most = Math.max(1, Arrays.stream(counts).max().orElse(1));
        g.setFill(colours.get("accent-subtle"));
        double from = x(view, shown[0], span, width);
        g.fillRect(from, 2, Math.max(3, x(view, shown[1], span, width) - from), BARS);
        for (int i = 0; i < parts; i++) {
            double x = EDGE + i * WIDTH;
            double all = height(counts[i], most);
            g.setFill(colours.get("fg-subtle"));
            g.fillRect(x, BARS + 2 - all, WIDTH - 1, all);
            double bad = height(Math.min(errors[i], counts[i]), most);
            g.setFill(colours.get("danger-fg"));
            g.fillRect(x, BARS + 2 - bad, WIDTH - 1, bad);
        }
        labels(g, span, width);
    }

    private static double height(int count, int most) {
        return count == 0 ? 0 : Math.max(1.5, Math.sqrt((double) count / most) * BARS);
    }

    private static double x(LogView view, int position, long[] span, double width) {
        if (span[1] == span[0] || view.size() == 0) {
            return EDGE;
        }
        long time = view.keyAt(Math.clamp(position, 0, view.size() - 1));
        return EDGE + width * ((double) (time - span[0]) / (span[1] - span[0]));
    }

    private void labels(GraphicsContext g, long[] span, double width) {
        g.setFont(Font.font(10.5));
        g.setFill(colours.get("fg-muted"));
        g.setTextBaseline(VPos.BOTTOM);
        ZoneId zone = ZoneId.systemDefault();
        int labels = Math.clamp((long) (width / 160), 1, 8);
        for (int i = 0; i <= labels; i++) {
            double share = (double) i / labels;
            g.setTextAlign(
                    i == 0
                            ? TextAlignment.LEFT
                            : i == labels ? TextAlignment.RIGHT : TextAlignment.CENTER);
            String time = Timestamps.clock(span[0] + (long) ((span[1] - span[0]) * share), zone);
            boolean wide = span[1] - span[0] > 60_000_000_000L;
            g.fillText(wide ? time.substring(0, 8) : time, EDGE + width * share, HEIGHT - 1);
        }
        g.setTextAlign(TextAlignment.LEFT);
    }
}
