package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.action.Target;
import dev.pilothouse.ui.i18n.Texts;
import java.util.function.IntConsumer;
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

/** Asks how many replicas there shall be. JavaFX thread only. */
final class ScaleDialog {

    private static final int MOST = 100_000;

    /** Asks; returns at once. */
    void ask(Target target, int now, @Nullable Window owner, IntConsumer chosen) {
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
                        new VBox(10, choice, before),
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
        dialog.show();
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
