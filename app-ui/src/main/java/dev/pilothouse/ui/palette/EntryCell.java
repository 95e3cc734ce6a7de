package dev.pilothouse.ui.palette;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** A line of the palette: what kind of thing, its name, where it is, and the keys for it. */
final class EntryCell extends ListCell<Entry> {

    private final Label group = new Label();
    private final Label title = new Label();
    private final Label hint = new Label();
    private final Label keys = new Label();
    private final HBox line;

    EntryCell() {
        group.getStyleClass().add("palette-group");
        group.setMinWidth(112);
        group.setPrefWidth(112);
        title.getStyleClass().add("palette-title");
        title.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        hint.getStyleClass().add("palette-hint");
        hint.setMinWidth(0);
        keys.getStyleClass().add("key");
        keys.setMinWidth(Region.USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        line = new HBox(8, group, title, hint, space, keys);
        line.setAlignment(Pos.CENTER_LEFT);
        setPrefWidth(0);
    }

    @Override
    protected void updateItem(@Nullable Entry entry, boolean empty) {
        super.updateItem(entry, empty);
        if (empty || entry == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        group.setText(entry.group());
        title.setText(entry.title());
        hint.setText(entry.hint());
        keys.setText(entry.keys());
        keys.setVisible(!entry.keys().isEmpty());
        keys.setManaged(!entry.keys().isEmpty());
        setAccessibleText(entry.group() + " " + entry.title() + " " + entry.hint());
        setGraphic(line);
    }
}
