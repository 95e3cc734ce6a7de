package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.workbench.Workbench;
import javafx.scene.Node;
import javafx.scene.Parent;

/** F6: from the kinds to the pages, one group after the other, and round. JavaFX thread only. */
final class Regions {

    private final Parent navigator;
    private final Runnable focusNavigator;
    private final Workbench workbench;

    Regions(Parent navigator, Runnable focusNavigator, Workbench workbench) {
        this.navigator = navigator;
        this.focusNavigator = focusNavigator;
        this.workbench = workbench;
    }

    /** Goes to the next region, or with -1 to the one before. */
    void turn(int steps) {
        if (isIn(navigator)) {
            workbench.enterGroups(steps);
        } else if (!workbench.turnGroup(steps)) {
            focusNavigator.run();
        }
    }

    private static boolean isIn(Parent region) {
        Node node = region.getScene() == null ? null : region.getScene().getFocusOwner();
        while (node != null && !node.equals(region)) {
            node = node.getParent();
        }
        return node != null;
    }
}
