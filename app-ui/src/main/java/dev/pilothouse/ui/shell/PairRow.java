package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.action.PairProblem;
import dev.pilothouse.ui.action.Pairs;
import dev.pilothouse.ui.i18n.Texts;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.TraversalDirection;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * A key, its value, a button that removes both, and what is wrong with them. JavaFX thread only.
 */
final class PairRow {

    /** Longer values would make the fields slow. */
    private static final int LONGEST = 4_000;

    private static final int SHOWN = 200;
    private static final double KEY_WIDTH = 230;
    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");

    private final Pairs pairs;
    private final String oldKey;
    private final String oldValue;
    private final String shownValue;
    private final TextField key = new TextField();
    private final TextInputControl value;
    private final Button remove = new Button("\u2715");
    private final Label said = new Label();
    private final VBox root = new VBox(3);
    private final boolean locked;

    /**
     * A row.
     *
     * @param valued whether there is a value, or only a key
     * @param changed is told when something is typed
     * @param removed is told when the row is to go
     */
    PairRow(
            Pairs pairs,
            String oldKey,
            String oldValue,
            boolean valued,
            Runnable changed,
            Consumer<PairRow> removed) {
        this.pairs = pairs;
        this.oldKey = oldKey;
        this.oldValue = oldValue;
        locked = oldValue.length() > LONGEST;
        key.setText(oldKey);
        key.setPrefWidth(KEY_WIDTH);
        key.setAccessibleText(Texts.text("pairs.key"));
        value = locked || oldValue.indexOf('\n') < 0 ? new TextField() : area();
        value.setText(locked ? oldValue.substring(0, SHOWN) + "\u2026" : oldValue);
        value.setEditable(!locked);
        // Fields drop characters that cannot be typed; what was not touched stays as it is.
        shownValue = value.getText();
        remove.getStyleClass().addAll("flat", "close");
        remove.setMinWidth(Region.USE_PREF_SIZE);
        // In the middle of one line, also beside several.
        remove.minHeightProperty().bind(key.heightProperty());
        remove.setOnAction(event -> removed.accept(this));
        said.setWrapText(true);
        said.setMinHeight(Region.USE_PREF_SIZE);
        said.managedProperty().bind(said.visibleProperty());
        HBox line = new HBox(8, key);
        if (valued) {
            HBox.setHgrow(value, Priority.ALWAYS);
            key.setMinWidth(KEY_WIDTH);
            line.getChildren().add(value);
        } else {
            HBox.setHgrow(key, Priority.ALWAYS);
        }
        line.getChildren().add(remove);
        line.setAlignment(Pos.TOP_LEFT);
        root.getStyleClass().add("pair-row");
        root.getChildren().addAll(line, said);
        key.textProperty().subscribe(text -> name(text.strip()));
        key.textProperty().subscribe((before, now) -> changed.run());
        value.textProperty().subscribe((before, now) -> changed.run());
        say(null, null);
    }

    /** Several lines; Tab goes on to the next field as everywhere else. */
    private static TextArea area() {
        TextArea area = new TextArea();
        area.setPrefRowCount(3);
        area.setPrefColumnCount(12);
        area.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.TAB && !event.isShortcutDown()) {
                        area.requestFocusTraversal(
                                event.isShiftDown()
                                        ? TraversalDirection.PREVIOUS
                                        : TraversalDirection.NEXT);
                        event.consume();
                    }
                });
        return area;
    }

    private void name(String now) {
        value.setAccessibleText(
                now.isEmpty() ? Texts.text("pairs.value") : Texts.text("pairs.valueOf", now));
        remove.setAccessibleText(
                now.isEmpty() ? Texts.text("pairs.remove") : Texts.text("pairs.removeNamed", now));
    }

    Node view() {
        return root;
    }

    void focus() {
        key.requestFocus();
    }

    String key() {
        return key.getText().strip();
    }

    String value() {
        return value.getText().equals(shownValue) ? oldValue : value.getText();
    }

    /** Whether nothing has been typed here. */
    boolean isBlank() {
        return key().isEmpty() && value().isEmpty();
    }

    /** Whether there is anything that can be removed. */
    void removable(boolean yes) {
        remove.setVisible(yes);
    }

    /**
     * Says what is wrong beside the fields.
     *
     * @param twice whether there is another row of this key
     * @return whether nothing is
     */
    boolean check(boolean twice) {
        PairProblem ofKey = null;
        PairProblem ofValue = null;
        if (!isBlank()) {
            // What the server has already is right, whatever its rules were then.
            ofKey = !oldKey.isEmpty() && key().equals(oldKey) ? null : pairs.problemOfKey(key());
            ofValue = value().equals(oldValue) ? null : pairs.problemOfValue(value());
            if (ofKey == null && twice) {
                ofKey = PairProblem.TWICE;
            }
        }
        say(ofKey, ofValue);
        return ofKey == null && ofValue == null;
    }

    private void say(@Nullable PairProblem ofKey, @Nullable PairProblem ofValue) {
        key.pseudoClassStateChanged(DANGER, ofKey != null);
        value.pseudoClassStateChanged(DANGER, ofValue != null);
        key.setAccessibleHelp(ofKey == null ? null : sentence(ofKey));
        String hint = locked ? Texts.text("pairs.long", oldValue.length()) : "";
        value.setAccessibleHelp(ofValue != null ? sentence(ofValue) : hint.isEmpty() ? null : hint);
        PairProblem shown = ofKey != null ? ofKey : ofValue;
        said.setText(shown == null ? hint : sentence(shown));
        said.getStyleClass().setAll("label", shown == null ? "hint" : "pair-problem");
        said.setVisible(!said.getText().isEmpty());
    }

    private static String sentence(PairProblem problem) {
        return Texts.text("pairs.problem." + problem.name().toLowerCase(Locale.ROOT));
    }
}
