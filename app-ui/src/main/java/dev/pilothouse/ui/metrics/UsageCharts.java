package dev.pilothouse.ui.metrics;

import dev.pilothouse.ui.chart.ChartLink;
import dev.pilothouse.ui.chart.TimeChart;
import dev.pilothouse.ui.chart.Unit;
import dev.pilothouse.ui.cluster.MetricsApi;
import dev.pilothouse.ui.cluster.ObjectRef;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.workbench.Context;
import dev.pilothouse.ui.workbench.PageStatus;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * Charts of CPU and memory over the same time, with what happened. The figures have no watch: they
 * are read again as often as nodes are measured, and only while somebody looks. JavaFX thread.
 */
public final class UsageCharts {

    private static final long[] SPANS = {900, 3600, 21_600, 86_400, 604_800};
    private static final String[] NAMES = {"15m", "1h", "6h", "24h", "7d"};
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final Context context;
    private final UsageReader reader;
    private final SimpleObjectProperty<PageStatus> status =
            new SimpleObjectProperty<>(PageStatus.NONE);
    private final ChartLink link = new ChartLink();
    private final TimeChart cpu = new TimeChart(Texts.text("metrics.cpu"), Unit.MILLICORES, link);
    private final TimeChart memory = new TimeChart(Texts.text("metrics.memory"), Unit.BYTES, link);
    private final Label event = new Label();
    private final Label problem = new Label();
    private final Button all = new Button(Texts.text("metrics.unzoom"));
    private final VBox root = new VBox();
    private volatile long span;
    private volatile @Nullable Thread thread;

    /**
     * Charts of an object.
     *
     * @param object a pod, node or workload; null for the whole cluster
     * @param wanted the name of the span that is shown, such as {@code 6h}; may be empty
     */
    public UsageCharts(Context context, @Nullable ObjectRef object, String wanted) {
        this.context = context;
        this.reader = new UsageReader(context.cluster(), object);
        root.getStyleClass().add("metrics");
        cpu.setId("metrics-cpu");
        memory.setId("metrics-memory");
        VBox.setVgrow(cpu, Priority.ALWAYS);
        VBox.setVgrow(memory, Priority.ALWAYS);
        event.setId("metrics-event");
        event.getStyleClass().addAll("hint", "metrics-event");
        event.setMinHeight(22);
        problem.setId("metrics-problem");
        problem.getStyleClass().add("metrics-problem");
        problem.setWrapText(true);
        problem.setVisible(false);
        problem.managedProperty().bind(problem.visibleProperty());
        root.getChildren()
                .addAll(tools(wanted.isEmpty() ? NAMES[1] : wanted), problem, cpu, memory, event);
        link.onChange(this::linked);
    }

    private Parent tools(String wanted) {
        var row = new HBox(6);
        row.getStyleClass().add("metrics-tools");
        var group = new ToggleGroup();
        for (int i = 0; i < SPANS.length; i++) {
            long seconds = SPANS[i];
            var button = new ToggleButton(Texts.text("metrics.span." + NAMES[i]));
            button.setId("metrics-" + NAMES[i]);
            button.setToggleGroup(group);
            button.setAccessibleText(Texts.text("metrics.last", button.getText()));
            button.setOnAction(_ -> {
                button.setSelected(true);
                look(seconds);
            });
            if (NAMES[i].equals(wanted)) {
                button.setSelected(true);
                span = seconds;
            }
            row.getChildren().add(button);
        }
        span = span == 0 ? SPANS[1] : span;
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        all.setOnAction(_ -> link.zoom(0, 0));
        all.setVisible(false);
        row.getChildren().addAll(gap, all);
        return row;
    }

    private void look(long seconds) {
        span = seconds;
        link.zoom(0, 0);
        Thread running = thread;
        if (running != null) {
            start();
        }
    }

    /** The zoom, the cursor or the marks have changed. */
    private void linked() {
        all.setVisible(link.isZoomed());
        long near = Math.max(1, (link.to() - link.from()) / 60);
        String text = "";
        long best = Long.MAX_VALUE;
        for (ChartLink.Mark mark : link.marks()) {
            long distance = Math.abs(mark.time() - link.cursor());
            if (link.cursor() >= 0 && distance <= near && distance < best) {
                best = distance;
                text =
                        CLOCK.format(
                                        Instant.ofEpochSecond(mark.time())
                                                .atZone(ZoneId.systemDefault()))
                                + "  "
                                + mark.text();
            }
        }
        event.setText(text.isEmpty() ? Texts.text("metrics.marks", link.marks().size()) : text);
    }

    private void run() {
        try {
            while (true) {
                long to = System.currentTimeMillis() / 1000;
                long from = to - span;
                try {
                    Usage usage = reader.read(from, to);
                    context.pulse().execute(() -> show(usage, from, to));
                } catch (IOException e) {
                    String reason = String.valueOf(e.getMessage());
                    context.pulse().execute(() -> failed(reason));
                }
                Thread.sleep(MetricsApi.MEASURED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(Usage usage, long from, long to) {
        link.span(from, to);
        link.marks(usage.marks());
        cpu.show(usage.cpu(), usage.cpuLevels());
        memory.show(usage.memory(), usage.memoryLevels());
        boolean any = cpu.hasValues() || memory.hasValues();
        problem.setText(
                Texts.text(
                        any
                                ? "metrics.noHistory"
                                : usage.history() ? "metrics.none" : "metrics.nobody"));
        problem.setVisible(!any || !usage.history());
        status.set(
                new PageStatus(
                        Texts.text(
                                "metrics.read",
                                CLOCK.format(
                                        Instant.ofEpochSecond(to).atZone(ZoneId.systemDefault()))),
                        ""));
    }

    private void failed(String reason) {
        problem.setText(reason);
        problem.setVisible(true);
        status.set(PageStatus.NONE);
    }

    /** How what is shown stands to the server. */
    public ObservableValue<PageStatus> status() {
        return status;
    }

    /** The node to show. */
    public Region view() {
        return root;
    }

    /** The name of the span that is shown. */
    public String span() {
        String name = NAMES[1];
        for (int i = 0; i < SPANS.length; i++) {
            name = SPANS[i] == span ? NAMES[i] : name;
        }
        return name;
    }

    /** Takes the keyboard. */
    public void focus() {
        cpu.requestFocus();
    }

    /** They are seen: figures are read. */
    public void start() {
        stop();
        thread = Thread.ofVirtual().name("metrics").start(this::run);
    }

    /** They are not seen. */
    public void stop() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            thread = null;
        }
    }
}
