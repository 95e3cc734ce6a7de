package dev.pilothouse.ui.resource;

import java.util.List;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/**
 * What is selected in a table whose rows come, go and move: a selection stays on its objects, not
 * on their places. Belongs to the JavaFX thread.
 */
final class RowSelection {

    private final TableView<LiveRow> view;
    private final LiveRows rows;
    private final Consumer<@Nullable LiveRow> chosen;
    private final Runnable several;
    private @Nullable LiveRow selected;
    private boolean changing;

    /**
     * Of a table, which may have several rows selected.
     *
     * @param chosen is told the selected row, null for none, when the user or a deletion changes it
     * @param several is run when more or fewer rows are selected
     */
    RowSelection(
            TableView<LiveRow> view,
            LiveRows rows,
            Consumer<@Nullable LiveRow> chosen,
            Runnable several) {
        this.view = view;
        this.rows = rows;
        this.chosen = chosen;
        this.several = several;
        view.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        view.getSelectionModel()
                .getSelectedIndices()
                .addListener(
                        (ListChangeListener<Integer>)
                                change -> {
                                    if (!changing) {
                                        several.run();
                                    }
                                });
        view.getSelectionModel()
                .selectedItemProperty()
                .addListener((property, before, now) -> choose(now));
    }

    /** Nothing is selected any more, of which nobody is told. */
    void forget() {
        selected = null;
    }

    /** Selects an object and scrolls to it; false when it is not shown. */
    boolean select(String uid) {
        int at = rows.indexOf(rows.find(uid));
        if (at >= 0) {
            view.getSelectionModel().clearAndSelect(at);
            view.scrollTo(at);
        }
        return at >= 0;
    }

    /** Changes rows without the selection moving on to neighbours. */
    void keepDuring(Runnable change) {
        LiveRow before = selected;
        var selection = view.getSelectionModel();
        List<LiveRow> chosenBefore = List.copyOf(selection.getSelectedItems());
        changing = true;
        try {
            change.run();
            int[] again =
                    chosenBefore.stream()
                            .mapToInt(rows::indexOf)
                            .filter(at -> at >= 0)
                            .sorted()
                            .toArray();
            if (!isSelected(again)) {
                selection.clearSelection();
                for (int at : again) {
                    selection.select(at);
                }
            }
            int lead = rows.indexOf(before);
            if (lead >= 0 && selection.getSelectedIndex() != lead) {
                selection.select(lead);
            }
        } finally {
            changing = false;
        }
        if (before != null && !before.isHeading() && rows.find(before.row().uid()) == null) {
            choose(null);
        }
        if (selection.getSelectedIndices().size() != chosenBefore.size()) {
            several.run();
        }
    }

    /** Whether exactly these places are selected. */
    private boolean isSelected(int[] places) {
        var selected = view.getSelectionModel().getSelectedIndices();
        if (selected.size() != places.length) {
            return false;
        }
        for (int at : places) {
            if (!view.getSelectionModel().isSelected(at)) {
                return false;
            }
        }
        return true;
    }

    /** The selected rows, in the order of the table. */
    List<LiveRow> rows() {
        return view.getSelectionModel().getSelectedIndices().stream()
                .sorted()
                .filter(at -> at >= 0 && at < rows.size())
                .map(rows::get)
                .filter(row -> !row.isHeading())
                .toList();
    }

    private void choose(@Nullable LiveRow row) {
        if (!changing && row != selected) {
            selected = row;
            chosen.accept(row);
        }
    }
}
