package dev.pilothouse.ui.editor;

import dev.pilothouse.ui.fx.KeepFocus;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Sentences above the text with what can be done about them, one of each sort. */
final class Banners {

    private final VBox root = new VBox();
    private final Runnable done;

    /** A button. */
    record Choice(String id, String text, Runnable action) {}

    /**
     * Without sentences.
     *
     * @param done takes the keyboard back when what it was at has done its work and is gone
     */
    Banners(Runnable done) {
        this.done = done;
    }

    Region view() {
        return root;
    }

    /** Says something in place of what was said of the same sort. */
    void show(String sort, List<String> lines, List<Choice> choices) {
        VBox text = new VBox(2);
        for (String line : lines) {
            Label label = new Label(line);
            label.setWrapText(true);
            text.getChildren().add(label);
        }
        text.setMinWidth(0);
        HBox.setHgrow(text, Priority.ALWAYS);
        FlowPane buttons = new FlowPane(6, 6);
        buttons.setAlignment(Pos.TOP_RIGHT);
        buttons.setPrefWrapLength(260);
        buttons.setMinWidth(Region.USE_PREF_SIZE);
        for (Choice choice : choices) {
            Button button = new Button(choice.text());
            button.setId(choice.id());
            button.getStyleClass().add("small");
            button.setOnAction(event -> choice.action().run());
            buttons.getChildren().add(button);
        }
        HBox banner = new HBox(12, text, buttons);
        banner.setId("banner-" + sort);
        banner.getStyleClass().add("banner");
        banner.setAccessibleText(String.join(" ", lines));
        // What is said again is at the same place, and so is who is at one of its buttons.
        KeepFocus.during(
                root,
                () -> {
                    remove(sort);
                    root.getChildren().add(banner);
                });
    }

    /** Takes a sentence away. */
    void hide(String sort) {
        boolean here = KeepFocus.isIn(root);
        remove(sort);
        if (here && !KeepFocus.isIn(root)) {
            done.run();
        }
    }

    private void remove(String sort) {
        root.getChildren().removeIf(node -> ("banner-" + sort).equals(node.getId()));
    }

    /** Takes all away. */
    void clear() {
        root.getChildren().clear();
    }
}
