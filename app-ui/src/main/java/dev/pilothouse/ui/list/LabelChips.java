package dev.pilothouse.ui.list;

import dev.pilothouse.ui.i18n.Texts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;

/** The labels that a list is limited to, each of them to be taken away. JavaFX thread only. */
final class LabelChips {

    private final List<String> terms = new ArrayList<>();
    private final FlowPane root = new FlowPane(6, 6);
    private final Label note = new Label();
    private final Runnable changed;
    private final Runnable leave;

    /**
     * Without labels; not shown.
     *
     * @param changed is run after the user has taken one away or added one
     * @param leave takes the keyboard when the last one is gone
     */
    LabelChips(Runnable changed, Runnable leave) {
        this.changed = changed;
        this.leave = leave;
        root.setId("labels");
        root.getStyleClass().add("chips");
        root.setAlignment(Pos.CENTER_LEFT);
        root.managedProperty().bind(root.visibleProperty());
        note.setId("labels-note");
        note.getStyleClass().add("hint");
        note.setWrapText(true);
        show();
    }

    Region view() {
        return root;
    }

    /** The selector for the server; empty when there are no labels. */
    String selector() {
        return String.join(",", terms);
    }

    /** Takes labels in place of those there are, without telling. */
    void choose(String selector) {
        terms.clear();
        terms.addAll(LabelTerms.split(selector));
        note.setText("");
        show();
    }

    /**
     * Adds requirements; what cannot be read is said beside.
     *
     * @return false when one of them cannot be read; then none is added
     */
    boolean add(Collection<String> wanted) {
        List<String> read = new ArrayList<>();
        try {
            wanted.forEach(term -> read.add(LabelTerms.normal(term)));
        } catch (IllegalArgumentException e) {
            say(Texts.text("labels.wrong", String.valueOf(e.getMessage())));
            return false;
        }
        read.removeIf(terms::contains);
        if (!read.isEmpty()) {
            terms.addAll(read);
            note.setText("");
            show();
            changed.run();
        }
        return true;
    }

    /** Takes the last one away; false when there is none. */
    boolean removeLast() {
        if (terms.isEmpty()) {
            return false;
        }
        remove(terms.getLast());
        return true;
    }

    /** Says something about labels beside them; empty for nothing. */
    void say(String sentence) {
        if (!sentence.equals(note.getText())) {
            note.setText(sentence);
            show();
        }
    }

    private void remove(String term) {
        int at = terms.indexOf(term);
        terms.remove(term);
        boolean focused = root.isFocusWithin();
        show();
        if (focused && terms.isEmpty()) {
            leave.run();
        } else if (focused) {
            root.getChildren().get(Math.min(at, terms.size() - 1)).requestFocus();
        }
        changed.run();
    }

    private void show() {
        List<Node> nodes = new ArrayList<>();
        terms.forEach(term -> nodes.add(chip(term)));
        if (!note.getText().isEmpty()) {
            nodes.add(note);
        }
        root.getChildren().setAll(nodes);
        root.setVisible(!nodes.isEmpty());
    }

    private Button chip(String term) {
        Region cross = new Region();
        cross.getStyleClass().addAll("icon", "icon-cross");
        Button chip = new Button(term, cross);
        chip.getStyleClass().addAll("small", "chip");
        chip.setContentDisplay(ContentDisplay.RIGHT);
        chip.setAccessibleText(Texts.text("labels.chip", term));
        chip.setTooltip(new Tooltip(Texts.text("labels.chip", term)));
        chip.setMaxWidth(320);
        chip.setOnAction(event -> remove(term));
        chip.addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.DELETE
                            || event.getCode() == KeyCode.BACK_SPACE) {
                        remove(term);
                        event.consume();
                    } else if (event.getCode() == KeyCode.ENTER) {
                        chip.fire();
                        event.consume();
                    }
                });
        return chip;
    }
}
