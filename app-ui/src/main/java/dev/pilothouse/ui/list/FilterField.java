package dev.pilothouse.ui.list;

import dev.pilothouse.ui.i18n.Texts;
import java.util.Collection;
import java.util.function.Consumer;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;

/**
 * What a list is filtered by: words that are looked for in its rows, and labels, which are typed
 * into the same field and become chips below it. JavaFX thread only.
 */
final class FilterField {

    private final TextField field = new TextField();
    private final LabelChips chips;
    private final Consumer<String> filtered;
    private final Runnable leave;

    /**
     * Without a filter.
     *
     * @param filtered is told the words to filter by
     * @param labelled is run after the user has chosen other labels
     * @param leave the user wants to go on to the objects
     */
    FilterField(Consumer<String> filtered, Runnable labelled, Runnable leave) {
        this.filtered = filtered;
        this.leave = leave;
        chips = new LabelChips(labelled, field::requestFocus);
        field.setId("filter");
        field.setPromptText(Texts.text("filter.prompt"));
        field.setAccessibleText(Texts.text("filter.accessible"));
        field.setTooltip(new Tooltip(Texts.text("filter.hint")));
        field.setPrefWidth(190);
        field.setMinWidth(80);
        field.setMaxWidth(360);
        field.textProperty().subscribe(this::typed);
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    }

    Region view() {
        return field;
    }

    /** The labels; they are shown elsewhere. */
    LabelChips labels() {
        return chips;
    }

    /** What is filtered by, as it was typed. */
    String text() {
        return field.getText();
    }

    void text(String text) {
        field.setText(text);
    }

    void focus() {
        field.requestFocus();
        field.selectAll();
    }

    /** Limits the list to labels. */
    void add(Collection<String> terms) {
        chips.add(terms);
    }

    private void typed(String text) {
        LabelTerms read = LabelTerms.of(text);
        chips.say(
                read.terms().isEmpty()
                        ? ""
                        : Texts.text("labels.enter", String.join(", ", read.terms())));
        filtered.accept(read.rest());
    }

    private void key(KeyEvent event) {
        switch (event.getCode()) {
            case ENTER -> {
                LabelTerms read = LabelTerms.of(field.getText());
                if (read.terms().isEmpty()) {
                    leave.run();
                } else if (chips.add(read.terms())) {
                    field.setText(read.rest());
                    field.end();
                }
                event.consume();
            }
            case DOWN -> {
                leave.run();
                event.consume();
            }
            case ESCAPE -> {
                field.clear();
                leave.run();
                event.consume();
            }
            case BACK_SPACE -> {
                if (field.getText().isEmpty() && chips.removeLast()) {
                    event.consume();
                }
            }
            default -> {}
        }
    }
}
