package dev.pilothouse.ui.resource;

import dev.pilothouse.ui.i18n.Visible;
import java.util.Set;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.text.Text;
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

    private static final int MOST_TOLD = 2_000;
    private static final double WIDEST = 600;

    private final LiveColumn column;
    private String said = "";
    private boolean flashing;

    LiveCell(LiveColumn column) {
        this.column = column;
        addEventHandler(MouseEvent.MOUSE_ENTERED, event -> setTooltip(whole()));
        addEventHandler(MouseEvent.MOUSE_EXITED, event -> setTooltip(null));
    }

    /** The whole text of a cell that shows only a part of it. */
    private @Nullable Tooltip whole() {
        Node drawn = lookup(".text");
        boolean cut = drawn instanceof Text text && !text.getText().equals(getText());
        if (!cut && said.length() <= MOST) {
            return null;
        }
        String shown = said.length() > MOST_TOLD ? said.substring(0, MOST_TOLD) + "\u2026" : said;
        Tooltip tooltip = new Tooltip(Visible.text(shown));
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(WIDEST);
        return tooltip;
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
