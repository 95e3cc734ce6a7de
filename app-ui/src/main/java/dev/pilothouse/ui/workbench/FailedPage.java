package dev.pilothouse.ui.workbench;

import dev.pilothouse.ui.i18n.Texts;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** Stands where a page could not be made, and says why. */
final class FailedPage implements Page {

    private final Place place;
    private final ReadOnlyObjectWrapper<Title> title;
    private final VBox root;

    FailedPage(Place place, String sentence) {
        this.place = place;
        this.title =
                new ReadOnlyObjectWrapper<>(
                        Title.of(Texts.text("workbench.failed.title"), sentence, ""));
        Label heading = new Label(Texts.text("workbench.failed.title"));
        heading.getStyleClass().add("empty-title");
        Label text = new Label(sentence);
        text.setWrapText(true);
        text.getStyleClass().add("empty-text");
        root = new VBox(8, heading, text);
        root.getStyleClass().add("empty");
        root.setAlignment(Pos.CENTER);
        root.setFocusTraversable(true);
        root.setAccessibleText(sentence);
    }

    @Override
    public ObservableValue<Title> title() {
        return title.getReadOnlyProperty();
    }

    @Override
    public Parent view() {
        return root;
    }

    @Override
    public Place place() {
        return place;
    }
}
