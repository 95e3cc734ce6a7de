package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.i18n.Texts;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** A sentence above the table that stays until it is dismissed. JavaFX thread only. */
final class Notice {

    private final Label text = new Label();
    private final HBox root;

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
    }

    Region view() {
        return root;
    }

    void show(String sentence) {
        text.setText(sentence);
        root.setVisible(true);
    }

    void hide() {
        root.setVisible(false);
    }
}
