package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.i18n.Texts;
import dev.pilothouse.ui.theme.Glyphs;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.ToIntFunction;
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

    /** A pill has room for so many. */
    private static final int MOST = 9999;

    private final Label name = new Label();
    private final Label group = new Label();
    private final Label problems = new Label();
    private final HBox line = new HBox(6);
    private final ToIntFunction<Kind> broken;

    /**
     * A cell.
     *
     * @param apart is told a kind that is to be opened in a tab of its own: by the middle button,
     *     or with Ctrl
     * @param view is told the place of a saved page that is to be opened
     * @param broken how many objects of a kind are broken
     */
    NavigatorCell(Consumer<Kind> apart, IntConsumer view, ToIntFunction<Kind> broken) {
        this.broken = broken;
        // As wide as the view: names that are longer end in an ellipsis.
        setPrefWidth(0);
        problems.getStyleClass().add("problems");
        problems.setMinWidth(Region.USE_PREF_SIZE);
        problems.managedProperty().bind(problems.visibleProperty());
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
        setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY
                    && getItem() instanceof NavigatorItem.View saved) {
                view.accept(saved.at());
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
            setAccessibleText(null);
            return;
        }
        // The text is there for screen readers and tests, too, when the line shows it.
        setText(item.title());
        if (item instanceof NavigatorItem.Entry entry) {
            name.setText(item.title());
            group.setText(isQualified(entry) ? entry.kind().group() : "");
            group.setVisible(!group.getText().isEmpty());
            line.getChildren()
                    .setAll(
                            Glyphs.of(entry.kind().group(), entry.kind().kind()),
                            name,
                            group,
                            problems);
            setGraphic(line);
            setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        } else if (item instanceof NavigatorItem.View view) {
            name.setText(item.title());
            group.setText(view.keys());
            group.setVisible(true);
            Region icon = new Region();
            icon.getStyleClass().setAll("icon", "icon-view");
            line.getChildren().setAll(icon, name, group);
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
        sync();
    }

    /** Shows how many objects are broken now. */
    void sync() {
        if (isEmpty() || !(getItem() instanceof NavigatorItem.Entry entry)) {
            setAccessibleText(null);
            return;
        }
        int count = broken.applyAsInt(entry.kind());
        problems.setText(count > MOST ? MOST + "+" : String.valueOf(count));
        problems.setVisible(count > 0);
        setAccessibleText(
                count == 0
                        ? entry.title()
                        : Texts.text("navigator.problems", entry.title(), count));
    }

    private static boolean isQualified(NavigatorItem.Entry entry) {
        return !entry.kind().group().isEmpty()
                && (entry.ambiguous() || Section.of(entry.kind()) == Section.CUSTOM);
    }
}
