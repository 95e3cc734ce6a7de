package dev.pilothouse.ui.resource;

import javafx.css.PseudoClass;
import javafx.scene.control.TableRow;
import org.jspecify.annotations.Nullable;

/** A line of the table that is tinted for a moment after its object has changed. */
final class LiveTableRow extends TableRow<LiveRow> {

    /** How long, in nanoseconds. */
    static final long FLASH = 700_000_000L;

    private static final PseudoClass CHANGED = PseudoClass.getPseudoClass("changed");

    @Override
    protected void updateItem(@Nullable LiveRow item, boolean empty) {
        super.updateItem(item, empty);
        sync(System.nanoTime());
    }

    /** Takes or drops the tint. */
    void sync(long now) {
        LiveRow live = isEmpty() ? null : getItem();
        pseudoClassStateChanged(
                CHANGED, live != null && live.changedAt() != 0 && now - live.changedAt() < FLASH);
    }
}
