package dev.pilothouse.ui.workbench;

import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;

/**
 * Gives the keyboard to a page, also to one that has just been opened: tabs and splits take their
 * nodes into the scene only when they are laid out next. JavaFX thread only.
 */
final class PageFocus {

    private PageFocus() {}

    /** Focuses a page now, or once it can take the keyboard. */
    static void give(Page page, Frame frame) {
        page.focus();
        Scene scene = frame.view().getScene();
        if (scene == null || isIn(page.view(), scene)) {
            return;
        }
        scene.addPostLayoutPulseListener(
                new Runnable() {
                    @Override
                    public void run() {
                        scene.removePostLayoutPulseListener(this);
                        if (!isIn(page.view(), scene)) {
                            page.focus();
                        }
                    }
                });
        Platform.requestNextPulse();
    }

    private static boolean isIn(Parent view, Scene scene) {
        Node node = scene.getFocusOwner();
        while (node != null && !node.equals(view)) {
            node = node.getParent();
        }
        return node != null;
    }
}
