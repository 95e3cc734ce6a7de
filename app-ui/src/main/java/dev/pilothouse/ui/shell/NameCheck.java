package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.i18n.Texts;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** In a protected cluster: a field into which the name has to be typed. JavaFX thread only. */
final class NameCheck {

    private final TextField typed = new TextField();
    private final BooleanBinding right;
    private final VBox root;

    /**
     * An empty field.
     *
     * @param id of the dialog; that of the field is {@code ID-typed}
     */
    NameCheck(String id, String wanted) {
        typed.setId(id + "-typed");
        typed.setAccessibleText(Texts.text("confirm.type", wanted));
        Label ask = new Label(Texts.text("confirm.type", wanted));
        ask.setWrapText(true);
        ask.setLabelFor(typed);
        right = typed.textProperty().isEqualTo(wanted);
        root = new VBox(6, ask, typed);
    }

    VBox view() {
        return root;
    }

    /** Whether it has been typed. */
    BooleanBinding right() {
        return right;
    }
}
