package dev.pilothouse.ui.logs;

import dev.pilothouse.ui.fx.Later;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.logs.store.TextPattern;
import java.time.Duration;
import java.util.regex.PatternSyntaxException;
import javafx.css.PseudoClass;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;

/** A field for a text or, with its button, a regular expression. JavaFX thread. */
final class PatternField extends HBox {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    private final TextField field = new TextField();
    private final ToggleButton regex = new ToggleButton(".*");
    private final Change change;
    private final Tooltip problem = new Tooltip();

    /** What was handed on last; handing it on again would begin the search anew. */
    private String applied = "false";

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Typing goes on: scanning millions of lines for each letter would be in vain. */
    private final Later typed = new Later(this::apply);

    /** Receives the pattern. */
    interface Change {
        void to(@Nullable TextPattern pattern);
    }

    PatternField(String id, String texts, Change change) {
        this.change = change;
        getStyleClass().add("pattern-field");
        field.setId(id);
        field.setPromptText(Texts.text(texts));
        field.setAccessibleText(Texts.text(texts + ".accessible"));
        field.setMinWidth(60);
        field.setPrefWidth(120);
        regex.setId(id + "-regex");
        regex.setAccessibleText(Texts.text("logs.regex"));
        regex.setTooltip(new Tooltip(Texts.text("logs.regex")));
        regex.setOnAction(_ -> apply());
        regex.setMinWidth(USE_PREF_SIZE);
        regex.setMaxHeight(Double.MAX_VALUE);
        HBox.setHgrow(field, Priority.ALWAYS);
        getChildren().addAll(field, regex);
        field.textProperty().subscribe((_, _) -> typed.in(PAUSE));
    }

    /** What Enter, Shift+Enter and Esc do. */
    void keys(Runnable next, Runnable before, Runnable leave) {
        field.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ENTER) {
                        apply();
                        (event.isShiftDown() ? before : next).run();
                        event.consume();
                    } else if (event.getCode() == KeyCode.DOWN) {
                        leave.run();
                        event.consume();
                    } else if (event.getCode() == KeyCode.ESCAPE) {
                        if (field.getText().isEmpty()) {
                            leave.run();
                        } else {
                            field.clear();
                            apply();
                        }
                        event.consume();
                    }
                });
    }

    void focus() {
        field.requestFocus();
        field.selectAll();
    }

    void set(@Nullable TextPattern pattern) {
        field.setText(pattern == null ? "" : pattern.text());
        regex.setSelected(pattern != null && pattern.isRegex());
        typed.cancel();
        applied = regex.isSelected() + field.getText();
    }

    private void apply() {
        typed.cancel();
        String wanted = regex.isSelected() + field.getText();
        if (wanted.equals(applied)) {
            return;
        }
        applied = wanted;
        try {
            String text = field.getText();
            change.to(text.isEmpty() ? null : TextPattern.of(text, regex.isSelected()));
            field.pseudoClassStateChanged(WRONG, false);
            field.setTooltip(null);
        } catch (PatternSyntaxException e) {
            field.pseudoClassStateChanged(WRONG, true);
            problem.setText(Texts.text("logs.regex.wrong", String.valueOf(e.getDescription())));
            field.setTooltip(problem);
        }
    }
}
