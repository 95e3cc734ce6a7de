package dev.pilothouse.ui.shell;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.action.Placements;
import dev.pilothouse.ui.action.Target;
import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.RefusedException;
import dev.pilothouse.ui.fx.Background;
import dev.pilothouse.ui.fx.Later;
import dev.pilothouse.ui.i18n.Texts;
import java.time.Duration;
import java.util.StringJoiner;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory.IntegerSpinnerValueFactory;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks how many replicas there shall be, and tells where more of them would go when the server can
 * tell. JavaFX thread only.
 */
final class ScaleDialog {

    private static final int MOST = 100_000;

    /** Placing is simulated for so many pods at most. */
    private static final int MOST_PLACED = 2_000;

    private static final int MOST_NODES = 8;
    private static final Duration SETTLED = Duration.ofMillis(250);
    private static final PseudoClass WAITING = PseudoClass.getPseudoClass("waiting");

    private final Cluster cluster;
    private final Executor pulse;
    private final Label placement = new Label();
    private Runnable wanted = () -> {};
    private final Later settled = new Later(() -> wanted.run());
    private int asked;

    ScaleDialog(Cluster cluster, Executor pulse) {
        this.cluster = cluster;
        this.pulse = pulse;
        placement.setId("scale-placement");
        placement.setWrapText(true);
        placement.setMinHeight(52);
        placement.setAlignment(Pos.TOP_LEFT);
        placement.getStyleClass().add("fact-value");
    }

    /** Asks; returns at once. */
    void ask(Target target, ObjectNode live, @Nullable Window owner, IntConsumer chosen) {
        int now = (int) Json.number(live, 1, "spec", "replicas");
        Spinner<Integer> number = new Spinner<>(new IntegerSpinnerValueFactory(0, MOST, now));
        number.setId("replicas");
        number.setEditable(true);
        number.getEditor().setAccessibleText(Texts.text("scale.accessible"));
        number.setAccessibleText(Texts.text("scale.accessible"));
        number.setPrefWidth(110);
        Slider slider = slider(now);
        // Typing goes beyond the slider's end, which then stays at its end.
        number.valueProperty()
                .subscribe(value -> {
                    if (value != null) {
                        slider.setValue(value);
                        wanted = () -> predict(live, value - now);
                        settled.in(SETTLED);
                    }
                });
        slider.valueProperty()
                .subscribe(value -> {
                    if (slider.isValueChanging() || slider.isFocused()) {
                        number.getValueFactory().setValue((int) Math.round(value.doubleValue()));
                    }
                });
        HBox.setHgrow(slider, Priority.ALWAYS);
        HBox choice = new HBox(12, slider, number);
        choice.setAlignment(Pos.CENTER_LEFT);
        Label before = new Label(Texts.text("scale.now", now));
        before.getStyleClass().add("hint");
        Dialog<ButtonType> dialog =
                Dialogs.of(
                        "scale-dialog",
                        Texts.text("scale.header", target.kind().kind(), target.name()),
                        new VBox(10, choice, before, placement),
                        Texts.text("action.scale"),
                        owner);
        dialog.resultProperty()
                .subscribe(answer -> {
                    if (Dialogs.isYes(answer)) {
                        number.commitValue();
                        chosen.accept(number.getValue());
                    }
                });
        dialog.setOnShown(event -> {
            number.requestFocus();
            number.getEditor().selectAll();
        });
        dialog.setOnHidden(event -> settled.cancel());
        dialog.show();
    }

    /** Asks the server; what has been asked before is no longer of interest. */
    private void predict(ObjectNode live, int more) {
        int turn = ++asked;
        if (more <= 0 || more > MOST_PLACED) {
            say(more < 0 ? Texts.text("scale.fewer", -more) : "", false);
            return;
        }
        var _ =
                Background.start(
                        "predict placement",
                        pulse,
                        () -> {
                            try {
                                Placements found = Placements.more(cluster, live, more);
                                pulse.execute(() -> {
                                    if (turn == asked) {
                                        say(sentence(found, more), found.unplaced() > 0);
                                    }
                                });
                            } catch (RefusedException e) {
                                // Other servers cannot tell; scaling works all the same.
                                pulse.execute(() -> say("", false));
                            }
                        },
                        reason -> say(reason, true));
    }

    private static String sentence(Placements found, int more) {
        StringJoiner nodes = new StringJoiner(", ");
        found.byNode().entrySet().stream()
                .limit(MOST_NODES)
                .forEach(entry -> nodes.add(entry.getKey() + " +" + entry.getValue()));
        int others = found.byNode().size() - MOST_NODES;
        if (others > 0) {
            nodes.add(Texts.text("scale.otherNodes", others));
        }
        String placed =
                found.byNode().isEmpty() ? "" : Texts.text("scale.placed", nodes.toString());
        if (found.unplaced() == 0) {
            return placed;
        }
        return Texts.text("scale.unplaced", found.unplaced(), more, found.reason())
                + (placed.isEmpty() ? "" : "\n" + placed);
    }

    private void say(String sentence, boolean waiting) {
        placement.setText(sentence);
        placement.pseudoClassStateChanged(WAITING, waiting);
    }

    private static Slider slider(int now) {
        Slider slider = new Slider(0, Math.max(10, now * 2.0), now);
        slider.setAccessibleText(Texts.text("scale.accessible"));
        slider.setBlockIncrement(1);
        slider.setMajorTickUnit(Math.max(1, slider.getMax() / 5));
        slider.setMinorTickCount(0);
        return slider;
    }
}
