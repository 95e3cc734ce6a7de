package dev.pilothouse.ui.list;

import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.i18n.Texts;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** Says that what is shown is old, and since when. JavaFX thread only. */
final class LostBanner {

    private final Label text = new Label();
    private final Button again = new Button(Texts.text("retry"));
    private final HBox root;

    LostBanner(Runnable retry) {
        text.setId("lost");
        text.setWrapText(true);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        again.setMinWidth(Region.USE_PREF_SIZE);
        again.setAccessibleText(Texts.text("retry"));
        again.setId("lost-again");
        again.getStyleClass().add("small");
        again.setOnAction(event -> retry.run());
        root = new HBox(12, text, again);
        root.setAlignment(Pos.CENTER_LEFT);
        root.getStyleClass().add("banner");
        root.managedProperty().bind(root.visibleProperty());
        root.setVisible(false);
    }

    Region view() {
        return root;
    }

    void show(Connection connection) {
        if (connection instanceof Connection.Lost lost) {
            text.setText(
                    Texts.text(
                            lost.code() == 0 ? "lost.sentence" : "lost.refused",
                            Times.ofDay(lost.since()),
                            lost.reason()));
            String label = Texts.text(lost.isUnauthorized() ? "retry.credentials" : "retry");
            again.setText(label);
            again.setAccessibleText(label);
            root.setVisible(true);
        } else {
            root.setVisible(false);
        }
    }
}
