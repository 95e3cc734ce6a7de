package dev.pilothouse.ui.logs;

import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.logs.store.TextPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.PatternSyntaxException;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;

/** The rules that mark text: one is added by Enter, and taken away by a click. JavaFX thread. */
final class HighlightBar extends FlowPane {

    private static final double[] HUES = {55, 130, 195, 290, 20, 335};

    private final List<Highlight> rules = new ArrayList<>();
    private final TextField field = new TextField();
    private final Consumer<List<Highlight>> changed;
    private final LogColours colours;
    private int next;

    HighlightBar(LogColours colours, Consumer<List<Highlight>> changed) {
        super(6, 6);
        this.colours = colours;
        this.changed = changed;
        getStyleClass().add("log-highlights");
        field.setId("log-highlight");
        field.setPromptText(Texts.text("logs.highlight.prompt"));
        field.setAccessibleText(Texts.text("logs.highlight.accessible"));
        field.setPrefColumnCount(20);
        field.setOnAction(_ -> add());
        draw();
        setVisible(false);
        managedProperty().bind(visibleProperty());
    }

    void open() {
        setVisible(true);
        field.requestFocus();
    }

    private void add() {
        if (field.getText().isEmpty()) {
            return;
        }
        try {
            rules.add(
                    new Highlight(
                            TextPattern.of(field.getText(), true), HUES[next++ % HUES.length]));
            field.clear();
        } catch (PatternSyntaxException e) {
            rules.add(
                    new Highlight(
                            TextPattern.of(field.getText(), false), HUES[next++ % HUES.length]));
            field.clear();
        }
        draw();
        changed.accept(rules);
    }

    private void draw() {
        getChildren().setAll(field);
        for (Highlight rule : rules) {
            var chip = new Button(rule.pattern().text() + "  ×");
            chip.getStyleClass().add("log-rule");
            String ground = colours.mark(rule.hue()).toString().replace("0x", "#");
            chip.setStyle("-fx-background-color: " + ground + ";");
            chip.setAccessibleText(Texts.text("logs.highlight.remove", rule.pattern().text()));
            chip.setOnAction(_ -> {
                rules.remove(rule);
                draw();
                changed.accept(rules);
            });
            getChildren().add(chip);
        }
    }
}
