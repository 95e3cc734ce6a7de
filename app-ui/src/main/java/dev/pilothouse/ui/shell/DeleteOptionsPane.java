package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.action.Deletion;
import dev.pilothouse.ui.action.Deletion.Propagation;
import dev.pilothouse.ui.i18n.Texts;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** How objects are deleted: what becomes of theirs, and how long they may take. FX thread only. */
final class DeleteOptionsPane {

    /** A day, and more than a pod may ever be told. */
    private static final int DIGITS = 9;

    private final ComboBox<Propagation> propagation = new ComboBox<>();
    private final TextField grace = new TextField();
    private final Label hint = new Label();
    private final GridPane root = new GridPane(10, 8);

    DeleteOptionsPane() {
        propagation.setId("delete-propagation");
        propagation.setConverter(new Words());
        propagation.getItems().setAll(Propagation.values());
        propagation.setValue(Propagation.BACKGROUND);
        grace.setId("delete-grace");
        grace.setPromptText(Texts.text("delete.grace.prompt"));
        grace.setPrefColumnCount(9);
        hint.setId("delete-grace-hint");
        hint.getStyleClass().add("note");
        hint.textProperty().bind(Bindings.createStringBinding(this::hint, grace.textProperty()));
        row(0, "delete.propagation", propagation, propagation);
        HBox seconds = new HBox(8, grace, hint);
        seconds.setAlignment(Pos.CENTER_LEFT);
        row(1, "delete.grace", grace, seconds);
    }

    private void row(int row, String text, Node control, Node view) {
        Label label = new Label(Texts.text(text));
        label.setLabelFor(control);
        control.setAccessibleText(Texts.text(text));
        root.addRow(row, label, view);
    }

    GridPane view() {
        return root;
    }

    /** What becomes of the objects that belong to the deleted ones. */
    ReadOnlyObjectProperty<Propagation> propagation() {
        return propagation.valueProperty();
    }

    /** Whether {@link #options()} can be told. */
    BooleanBinding valid() {
        return Bindings.createBooleanBinding(
                () -> isEmpty() || seconds() != null, grace.textProperty());
    }

    /** What was chosen. */
    Deletion.Options options() {
        return new Deletion.Options(propagation.getValue(), seconds());
    }

    private boolean isEmpty() {
        return grace.getText().isBlank();
    }

    private @Nullable Long seconds() {
        String text = grace.getText().strip();
        return text.matches("\\d{1," + DIGITS + "}") ? Long.valueOf(text) : null;
    }

    private String hint() {
        Long seconds = seconds();
        if (seconds != null) {
            return seconds == 0 ? Texts.text("delete.grace.none") : "";
        }
        return isEmpty() ? "" : Texts.text("delete.grace.wrong");
    }

    private static final class Words extends StringConverter<Propagation> {
        @Override
        public String toString(@Nullable Propagation value) {
            return value == null
                    ? ""
                    : Texts.text("delete.propagation." + value.name().toLowerCase(Locale.ROOT));
        }

        @Override
        public @Nullable Propagation fromString(String text) {
            return null;
        }
    }
}
