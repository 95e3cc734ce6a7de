package dev.pilothouse.ui.resource;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableColumn.SortType;
import javafx.scene.control.TableView;

/** Reads and makes the arrangement of a table. JavaFX thread only. */
final class Looks {

    private Looks() {}

    static TableLook of(TableView<LiveRow> view) {
        List<TableLook.Shown> columns = new ArrayList<>();
        for (TableColumn<LiveRow, ?> column : view.getColumns()) {
            if (column instanceof KeyedColumn live) {
                columns.add(
                        new TableLook.Shown(live.key(), column.isVisible(), Fit.chosen(column)));
            }
        }
        List<TableLook.Sort> sorts = new ArrayList<>();
        for (TableColumn<LiveRow, ?> column : view.getSortOrder()) {
            if (column instanceof KeyedColumn live) {
                sorts.add(
                        new TableLook.Sort(
                                live.key(), column.getSortType() == SortType.DESCENDING));
            }
        }
        return new TableLook(columns, sorts);
    }

    static void apply(TableLook look, TableView<LiveRow> view) {
        List<String> keys = look.columns().stream().map(TableLook.Shown::key).toList();
        List<TableColumn<LiveRow, ?>> ordered = new ArrayList<>(view.getColumns());
        ordered.sort(Comparator.comparingInt(column -> place(column, keys)));
        for (TableColumn<LiveRow, ?> column : ordered) {
            int at = column instanceof KeyedColumn live ? keys.indexOf(live.key()) : -1;
            if (at >= 0) {
                TableLook.Shown shown = look.columns().get(at);
                column.setVisible(shown.visible());
                if (shown.width() > 0) {
                    column.setPrefWidth(shown.width());
                }
            }
        }
        if (!ordered.equals(view.getColumns())) {
            view.getColumns().setAll(ordered);
        }
        List<TableColumn<LiveRow, ?>> sorted = new ArrayList<>();
        for (TableLook.Sort sort : look.sorts()) {
            for (TableColumn<LiveRow, ?> column : ordered) {
                if (column instanceof KeyedColumn live && live.key().equals(sort.key())) {
                    column.setSortType(
                            sort.descending() ? SortType.DESCENDING : SortType.ASCENDING);
                    sorted.add(column);
                }
            }
        }
        view.getSortOrder().setAll(sorted);
    }

    /** Columns that are not named stay behind the others, in the order in which they came. */
    private static int place(TableColumn<LiveRow, ?> column, List<String> keys) {
        int at = column instanceof KeyedColumn live ? keys.indexOf(live.key()) : -1;
        return at < 0 ? Integer.MAX_VALUE : at;
    }

    static List<ColumnChoice> choices(TableView<LiveRow> view) {
        return view.getColumns().stream()
                .map(column -> new ColumnChoice(column.getText(), column.visibleProperty()))
                .toList();
    }
}
