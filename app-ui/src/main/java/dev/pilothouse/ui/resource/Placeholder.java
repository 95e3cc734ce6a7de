package dev.pilothouse.ui.resource;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.VBox;

/** What stands where a table has nothing to show. */
final class Placeholder {

    private Placeholder() {}

    static Node of(String title, String sentence) {
        var heading = new Label(title);
        heading.getStyleClass().add("empty-title");
        var text = new Label(sentence);
        text.getStyleClass().add("empty-text");
        text.setWrapText(true);
        return box(heading, text);
    }

    static Node loading(String sentence) {
        var progress = new ProgressIndicator();
        progress.setMaxSize(28, 28);
        progress.setAccessibleText(sentence);
        var text = new Label(sentence);
        text.getStyleClass().add("empty-text");
        return box(progress, text);
    }

    /**
     * Nothing can be shown.
     *
     * @param label of the button that tries again
     */
    static Node failed(String title, String reason, String label, Runnable retry) {
        var again = new Button(label);
        again.setId("retry");
        again.setAccessibleText(label);
        again.setOnAction(event -> retry.run());
        var box = (VBox) of(title, reason);
        box.getChildren().add(again);
        return box;
    }

    private static VBox box(Node... children) {
        var box = new VBox(8, children);
        box.getStyleClass().add("empty");
        box.setAlignment(Pos.CENTER);
        box.setMaxWidth(440);
        return box;
    }
}
