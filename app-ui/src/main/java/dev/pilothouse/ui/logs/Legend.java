package dev.pilothouse.ui.logs;

import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.logs.feed.SourceState;
import dev.pilothouse.ui.logs.feed.SourceState.Phase;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;

/**
 * The containers with their colours and how reading goes. A click hides or shows the lines of one;
 * a double click shows it alone. JavaFX thread.
 */
final class Legend {

    private static final PseudoClass WAITING = PseudoClass.getPseudoClass("waiting");
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");
    private static final PseudoClass ENDED = PseudoClass.getPseudoClass("ended");
    private static final double TWO_ROWS = 62;

    private final LogModel model;
    private final LogColours colours;
    private final FlowPane chips = new FlowPane(6, 5);
    private final ScrollPane scroll = new ScrollPane(chips);
    private List<SourceState> drawn = List.of();

    Legend(LogModel model, LogColours colours) {
        this.model = model;
        this.colours = colours;
        chips.getStyleClass().add("log-legend");
        scroll.getStyleClass().add("log-legend-scroll");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMaxHeight(TWO_ROWS);
        scroll.setMinHeight(Region.USE_PREF_SIZE);
        scroll.prefHeightProperty()
                .bind(
                        javafx.beans.binding.Bindings.createDoubleBinding(
                                () -> Math.min(TWO_ROWS, chips.getHeight() + 2),
                                chips.heightProperty()));
        scroll.setFocusTraversable(false);
    }

    Region view() {
        return scroll;
    }

    void recolour() {
        drawn = List.of();
        show(model.sources());
    }

    void show(List<SourceState> sources) {
        if (sources.size() != chips.getChildren().size() || drawn.isEmpty()) {
            chips.getChildren().setAll(sources.stream().map(this::chip).toList());
        }
        boolean onePod = sources.stream().map(SourceState::pod).distinct().count() <= 1;
        for (int i = 0; i < sources.size(); i++) {
            update((ToggleButton) chips.getChildren().get(i), sources.get(i), onePod);
        }
        drawn = sources;
        scroll.setVisible(!sources.isEmpty());
        scroll.setManaged(!sources.isEmpty());
    }

    private ToggleButton chip(SourceState source) {
        var dot = new Circle(4.5, colours.source(source.id()));
        var chip = new ToggleButton("", dot);
        chip.setContentDisplay(ContentDisplay.LEFT);
        chip.getStyleClass().add("log-chip");
        chip.setTooltip(new Tooltip());
        chip.setOnAction(_ -> model.hide(source.id(), !chip.isSelected()));
        chip.addEventFilter(
                MouseEvent.MOUSE_CLICKED,
                event -> {
                    if (event.getClickCount() == 2) {
                        model.only(source.id());
                    }
                });
        return chip;
    }

    private void update(ToggleButton chip, SourceState source, boolean onePod) {
        String name = name(source, onePod);
        chip.setText(name);
        chip.setSelected(!model.isHidden(source.id()));
        chip.pseudoClassStateChanged(WAITING, source.phase() == Phase.WAITING);
        chip.pseudoClassStateChanged(
                FAILED, source.phase() == Phase.FAILED || source.phase() == Phase.LEFT_OUT);
        chip.pseudoClassStateChanged(ENDED, source.phase() == Phase.ENDED);
        String state = state(source);
        chip.setAccessibleText(source.pod() + " " + source.container() + ": " + state);
        chip.getTooltip().setText(source.pod() + " / " + source.container() + "\n" + state);
    }

    /** What tells a container from the others. */
    static String name(SourceState source, boolean onePod) {
        String base =
                onePod ? source.container() : shortPod(source.pod()) + "/" + source.container();
        return source.previous() ? Texts.text("logs.previousOf", base) : base;
    }

    /** The end of a pod's name tells it from its siblings; its beginning is the workload's. */
    private static String shortPod(String pod) {
        int dash = pod.lastIndexOf('-');
        int before = dash < 0 ? -1 : pod.lastIndexOf('-', dash - 1);
        return before > 0 && pod.length() - before <= 17
                ? pod.substring(0, before) + pod.substring(dash)
                : pod;
    }

    /** How reading goes, in a sentence. */
    static String state(SourceState source) {
        String key = "logs.phase." + source.phase().name().toLowerCase(Locale.ROOT);
        String state = Texts.text(key, source.lines(), source.note());
        return source.gaps() == 0 ? state : state + " " + Texts.text("logs.gaps", source.gaps());
    }
}
