package dev.pilothouse.ui.workbench;

import dev.pilothouse.ui.i18n.Texts;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.stage.Popup;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * Shows where a dragged page would go: a line between tabs, the half of a page, or, beside the
 * mouse, that it gets a window of its own. JavaFX thread only.
 */
final class DropMark {

    private static final double LINE = 3;
    private static final double FROM_MOUSE = 14;

    private final Region mark = new Region();
    private final Label name = new Label();
    private final Popup popup = new Popup();

    DropMark() {
        mark.getStyleClass().add("drop-mark");
        mark.setId("drop-mark");
        mark.setManaged(false);
        mark.setMouseTransparent(true);
        name.getStyleClass().add("drop-name");
        name.setId("drop-name");
        popup.getContent().add(name);
        popup.setAutoFix(false);
        // It must not swallow the Escape that ends the drag.
        popup.setHideOnEscape(false);
    }

    /** Shows what letting go at a point of the screen would do. */
    void show(Drop drop, Page page, Window owner, double x, double y) {
        switch (drop) {
            case Drop.Among among -> show(among);
            case Drop.Beside beside -> show(beside);
            case Drop.Away _, Drop.Nowhere _ -> removeMark();
        }
        String title = page.title().getValue().text();
        name.setText(drop instanceof Drop.Away ? Texts.text("tab.dropWindow", title) : title);
        if (popup.isShowing()) {
            popup.setAnchorX(x + FROM_MOUSE);
            popup.setAnchorY(y + FROM_MOUSE);
        } else {
            if (name.getScene() != null && owner.getScene() != null) {
                name.getScene().getStylesheets().setAll(owner.getScene().getStylesheets());
            }
            popup.show(owner, x + FROM_MOUSE, y + FROM_MOUSE);
        }
    }

    void hide() {
        removeMark();
        popup.hide();
    }

    private void removeMark() {
        if (mark.getParent() instanceof Pane pane) {
            pane.getChildren().remove(mark);
        }
    }

    private void show(Drop.Among drop) {
        List<Node> headers = drop.group().headers();
        Bounds at = bounds(drop.group(), headers, drop.index());
        if (at == null) {
            Region view = drop.group().view();
            place(drop.group(), 0, 0, view.getWidth(), view.getHeight());
            return;
        }
        double x = drop.index() < headers.size() ? at.getMinX() : at.getMaxX();
        place(drop.group(), Math.max(0, x - LINE / 2), at.getMinY(), LINE, at.getHeight());
    }

    /** Of the tab at an index, or the last one, in the group's own coordinates. */
    private static @Nullable Bounds bounds(Group group, List<Node> headers, int index) {
        if (headers.isEmpty()) {
            return null;
        }
        Node header = headers.get(Math.min(index, headers.size() - 1));
        return group.view().sceneToLocal(header.localToScene(header.getLayoutBounds()));
    }

    private void show(Drop.Beside drop) {
        Region view = drop.group().view();
        double width = view.getWidth();
        double height = view.getHeight();
        switch (drop.side()) {
            case LEFT -> place(drop.group(), 0, 0, width / 2, height);
            case RIGHT -> place(drop.group(), width / 2, 0, width / 2, height);
            case TOP -> place(drop.group(), 0, 0, width, height / 2);
            case BOTTOM -> place(drop.group(), 0, height / 2, width, height / 2);
        }
    }

    private void place(Group group, double x, double y, double width, double height) {
        if (!group.view().equals(mark.getParent())) {
            removeMark();
            group.view().getChildren().add(mark);
        }
        mark.resizeRelocate(x, y, width, height);
    }
}
