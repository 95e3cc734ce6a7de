package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.i18n.Texts;
import javafx.animation.PauseTransition;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Duration;

/**
 * A sentence above the table. What went wrong stays until it is dismissed; what went well goes by
 * itself. JavaFX thread only.
 */
final class Notice {

    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");

    private final Label text = new Label();
    private final HBox root;
    private final PauseTransition end = new PauseTransition(Duration.seconds(6));

    Notice() {
        text.setId("notice");
        text.setWrapText(true);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        var close = new Button("\u2715");
        close.setAccessibleText(Texts.text("notice.close"));
        close.getStyleClass().addAll("flat", "close");
        close.setOnAction(event -> hide());
        root = new HBox(12, text, close);
        root.setAlignment(Pos.CENTER_LEFT);
        root.getStyleClass().add("banner");
        root.managedProperty().bind(root.visibleProperty());
        root.setVisible(false);
        end.setOnFinished(event -> hide());
    }

    Region view() {
        return root;
    }

    /** Says what went wrong. */
    void show(String sentence) {
        end.stop();
        root.pseudoClassStateChanged(GOOD, false);
        text.setText(sentence);
        root.setVisible(true);
    }

    /** Says what was done. */
    void done(String sentence) {
        show(sentence);
        root.pseudoClassStateChanged(GOOD, true);
        end.playFromStart();
    }

    void hide() {
        root.setVisible(false);
    }
}
