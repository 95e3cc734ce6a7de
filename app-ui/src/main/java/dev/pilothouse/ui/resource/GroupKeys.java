package dev.pilothouse.ui.resource;

import java.util.function.Consumer;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyEvent;

/** The keys of a table whose rows are in groups, as those of a tree. */
final class GroupKeys {

    private final TableView<LiveRow> view;
    private final LiveRows rows;
    private final Consumer<LiveRow> turn;

    /**
     * Of a table.
     *
     * @param turn folds a heading's group, or unfolds it
     */
    GroupKeys(TableView<LiveRow> view, LiveRows rows, Consumer<LiveRow> turn) {
        this.view = view;
        this.rows = rows;
        this.turn = turn;
    }

    /**
     * Left folds, right unfolds, Enter and Space do either; left on an object goes to its group.
     */
    void pressed(KeyEvent event) {
        LiveRow row = view.getSelectionModel().getSelectedItem();
        if (!rows.isGrouped() || row == null || event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        boolean folded = row.isHeading() && rows.isFolded(row);
        boolean used =
                switch (event.getCode()) {
                    case LEFT -> row.isHeading() ? !folded && turned(row) : toHeading(row);
                    case RIGHT -> folded && turned(row);
                    case ENTER, SPACE -> row.isHeading() && turned(row);
                    default -> false;
                };
        if (used) {
            event.consume();
        }
    }

    private boolean turned(LiveRow heading) {
        turn.accept(heading);
        return true;
    }

    private boolean toHeading(LiveRow row) {
        int at = rows.indexOf(row);
        while (at > 0 && !rows.get(at).isHeading()) {
            at--;
        }
        if (at >= 0) {
            view.getSelectionModel().clearAndSelect(at);
            view.scrollTo(Math.max(0, at - 2));
        }
        return at >= 0;
    }
}
