package dev.pilothouse.ui.shell;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TreeCell;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/** A heading, or a kind with its group where the name alone does not say which. */
final class NavigatorCell extends TreeCell<NavigatorItem> {

    private static final PseudoClass HEADING = PseudoClass.getPseudoClass("heading");

    private final Label group = new Label();
    private final HBox graphic = new HBox(group);

    NavigatorCell() {
        group.getStyleClass().add("group");
        graphic.setAlignment(Pos.CENTER_LEFT);
        setContentDisplay(ContentDisplay.RIGHT);
    }

    @Override
    protected void updateItem(@Nullable NavigatorItem item, boolean empty) {
        super.updateItem(item, empty);
        pseudoClassStateChanged(HEADING, !empty && item instanceof NavigatorItem.Heading);
        if (empty || item == null) {
            setText(null);
            setGraphic(null);
            return;
        }
        setText(item.title());
        if (item instanceof NavigatorItem.Entry entry && isQualified(entry)) {
            group.setText(entry.kind().group());
            setGraphic(graphic);
        } else {
            setGraphic(null);
        }
    }

    private static boolean isQualified(NavigatorItem.Entry entry) {
        return !entry.kind().group().isEmpty()
                && (entry.ambiguous() || Section.of(entry.kind()) == Section.CUSTOM);
    }
}
