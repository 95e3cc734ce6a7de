package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.theme.Glyphs;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TreeCell;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/** A heading, or a kind with its group where the name alone does not say which. */
final class NavigatorCell extends TreeCell<NavigatorItem> {

    private static final PseudoClass HEADING = PseudoClass.getPseudoClass("heading");

    private final Label name = new Label();
    private final Label group = new Label();
    private final HBox line = new HBox(6);

    /**
     * A cell.
     *
     * @param apart is told a kind that is to be opened in a tab of its own: by the middle button,
     *     or with Ctrl
     */
    NavigatorCell(Consumer<Kind> apart) {
        addEventFilter(
                MouseEvent.MOUSE_PRESSED,
                event -> {
                    boolean wanted =
                            event.getButton() == MouseButton.MIDDLE
                                    || (event.getButton() == MouseButton.PRIMARY
                                            && event.isShortcutDown());
                    if (wanted && getItem() instanceof NavigatorItem.Entry entry) {
                        apart.accept(entry.kind());
                        event.consume();
                    }
                });
        group.getStyleClass().add("group");
        line.setAlignment(Pos.CENTER_LEFT);
        line.setMouseTransparent(true);
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
        // The text is there for screen readers and tests, too, when the line shows it.
        setText(item.title());
        if (item instanceof NavigatorItem.Entry entry) {
            name.setText(item.title());
            group.setText(isQualified(entry) ? entry.kind().group() : "");
            group.setVisible(!group.getText().isEmpty());
            line.getChildren()
                    .setAll(Glyphs.of(entry.kind().group(), entry.kind().kind()), name, group);
            setGraphic(line);
            setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        } else if (item instanceof NavigatorItem.Standing standing) {
            name.setText(item.title());
            Region icon = new Region();
            icon.getStyleClass().setAll("icon", "icon-" + standing.type());
            line.getChildren().setAll(icon, name);
            setGraphic(line);
            setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        } else {
            setGraphic(null);
            setContentDisplay(ContentDisplay.TEXT_ONLY);
        }
    }

    private static boolean isQualified(NavigatorItem.Entry entry) {
        return !entry.kind().group().isEmpty()
                && (entry.ambiguous() || Section.of(entry.kind()) == Section.CUSTOM);
    }
}
