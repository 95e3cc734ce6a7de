package dev.pilothouse.ui.resource;

import dev.pilothouse.ui.i18n.Visible;
import java.util.Set;
import javafx.css.PseudoClass;
import javafx.scene.control.TableCell;
import org.jspecify.annotations.Nullable;

/** A cell that is asked to look again when its row has changed, and redraws only if it must. */
class LiveCell extends TableCell<LiveRow, LiveRow> {

    private static final PseudoClass CHANGED = PseudoClass.getPseudoClass("changed");
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
    private static final PseudoClass WAITING = PseudoClass.getPseudoClass("waiting");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    private static final Set<String> GOOD_WORDS =
            Set.of(
                    "Running",
                    "Active",
                    "Bound",
                    "Ready",
                    "Complete",
                    "Completed",
                    "Succeeded",
                    "Available",
                    "True");
    private static final Set<String> WAITING_WORDS =
            Set.of("Pending", "Terminating", "ContainerCreating", "Released", "Suspended");
    private static final Set<String> BAD_WORDS =
            Set.of(
                    "Failed",
                    "Error",
                    "CrashLoopBackOff",
                    "ImagePullBackOff",
                    "ErrImagePull",
                    "Evicted",
                    "OOMKilled",
                    "Lost",
                    "NotReady",
                    "Unknown");

    /** Letters of a cell; what lies beyond is not seen, and costs time. */
    private static final int MOST = 400;

    private final LiveColumn column;
    private String said = "";
    private boolean flashing;

    LiveCell(LiveColumn column) {
        this.column = column;
    }

    @Override
    protected void updateItem(@Nullable LiveRow item, boolean empty) {
        super.updateItem(item, empty);
        sync();
    }

    /** Shows what the row is now. */
    void sync() {
        LiveRow live = isEmpty() ? null : getItem();
        flash(live);
        say(live == null || live.isHeading() ? "" : column.text(live.row()));
    }

    /** Shows a text. */
    void say(String text) {
        if (text.equals(said)) {
            return;
        }
        said = text;
        setText(Visible.line(text.length() > MOST ? text.substring(0, MOST) + "\u2026" : text));
        if (column.isStatus()) {
            pseudoClassStateChanged(GOOD, GOOD_WORDS.contains(text));
            pseudoClassStateChanged(WAITING, WAITING_WORDS.contains(text));
            pseudoClassStateChanged(BAD, BAD_WORDS.contains(text) || text.startsWith("Init:Error"));
        }
    }

    private void flash(@Nullable LiveRow live) {
        boolean now =
                live != null
                        && live.isChanged(column.flashing())
                        && System.nanoTime() - live.changedAt() < LiveTableRow.FLASH;
        if (now != flashing) {
            flashing = now;
            pseudoClassStateChanged(CHANGED, now);
        }
    }
}
