package dev.pilothouse.ui.shell;

import dev.pilothouse.ui.fx.KeepFocus;
import dev.pilothouse.ui.workbench.Page;
import dev.pilothouse.ui.workbench.Workbench;
import javafx.scene.Parent;

/**
 * F6: from the kinds to what is said above the pages, to the pages, one region of theirs after the
 * other, and round. JavaFX thread only.
 */
final class Regions {

    private final Parent navigator;
    private final Runnable focusNavigator;
    private final Parent notice;
    private final Workbench workbench;

    /**
     * The regions of a window.
     *
     * @param notice is left out while it is not shown
     */
    Regions(Parent navigator, Runnable focusNavigator, Parent notice, Workbench workbench) {
        this.navigator = navigator;
        this.focusNavigator = focusNavigator;
        this.notice = notice;
        this.workbench = workbench;
    }

    /** Goes to the next region, or with -1 to the one before. */
    void turn(int steps) {
        if (KeepFocus.isIn(navigator)) {
            if (steps < 0 || !enterNotice()) {
                workbench.enterGroups(steps);
            }
        } else if (KeepFocus.isIn(notice)) {
            if (steps > 0) {
                workbench.enterGroups(steps);
            } else {
                focusNavigator.run();
            }
        } else if (!turnInPage(steps) && !workbench.turnGroup(steps)) {
            if (steps > 0 || !enterNotice()) {
                focusNavigator.run();
            }
        }
    }

    private boolean turnInPage(int steps) {
        Page page = workbench.current().get();
        return page != null && page.turn(steps);
    }

    private boolean enterNotice() {
        return notice.isVisible() && KeepFocus.first(notice);
    }
}
