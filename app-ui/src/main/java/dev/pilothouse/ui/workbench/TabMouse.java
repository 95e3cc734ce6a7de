package dev.pilothouse.ui.workbench;

import javafx.scene.Node;
import javafx.scene.control.TabPane;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/** The middle button on a tab closes it; the first one may drag it. JavaFX thread only. */
final class TabMouse {

    private final Group group;
    private final TabPane tabs;

    TabMouse(Group group, TabPane tabs) {
        this.group = group;
        this.tabs = tabs;
    }

    void install() {
        tabs.addEventFilter(
                MouseEvent.MOUSE_PRESSED,
                event -> {
                    Page page = pageAt(event.getTarget());
                    if (page != null && event.getButton() == MouseButton.PRIMARY) {
                        group.pressed(page, event);
                    }
                });
        tabs.addEventFilter(
                MouseEvent.MOUSE_CLICKED,
                event -> {
                    Page page = pageAt(event.getTarget());
                    if (page != null && event.getButton() == MouseButton.MIDDLE) {
                        group.close(page);
                        event.consume();
                    }
                });
    }

    /** The page whose tab's header the mouse is on; headers have the id of their tab. */
    private @Nullable Page pageAt(Object target) {
        Node node = target instanceof Node hit ? hit : null;
        while (node != null && !node.equals(tabs)) {
            if (node.getStyleClass().contains("tab")) {
                return group.pageOf(node.getId());
            }
            node = node.getParent();
        }
        return null;
    }
}
