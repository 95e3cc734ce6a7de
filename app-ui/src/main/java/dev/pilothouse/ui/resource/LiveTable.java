package dev.pilothouse.ui.resource;

import dev.pilothouse.ui.cluster.Column;
import dev.pilothouse.ui.cluster.Row;
import dev.pilothouse.ui.fx.Later;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.Scene;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * A table view over {@link LiveRows}: after changes only the visible cells look again, and the
 * selection stays on its object. Belongs to the JavaFX thread.
 */
final class LiveTable {

    private static final double ROW_HEIGHT = 32;
    private static final Duration FADE = Duration.ofNanos(LiveTableRow.FLASH).plusMillis(20);

    private final LiveRows rows = new LiveRows();
    private final TableView<LiveRow> view = new TableView<>(rows);
    private final Set<LiveCell> cells = Collections.newSetFromMap(new WeakHashMap<>());
    private final Set<LiveTableRow> lines = Collections.newSetFromMap(new WeakHashMap<>());
    private final Later fade = new Later(this::fade);
    private final AgeClock ages = new AgeClock(InstantSource.system());
    private final RowSelection selection;
    private final Set<SparkColumn.SparkCell> sparkCells =
            Collections.newSetFromMap(new WeakHashMap<>());
    private List<Spark> sparks = List.of();
    private List<Column> columns = List.of();
    private TableLook wanted = TableLook.USUAL;
    private boolean live;
    private boolean windowSeen;
    private boolean fitted;
    private long changedAt;

    /**
     * An empty table.
     *
     * @param chosen is told the selected row, null for none, when the user or a deletion changes it
     * @param several is run when more or fewer rows are selected
     */
    LiveTable(Consumer<@Nullable LiveRow> chosen, Runnable several) {
        selection = new RowSelection(view, rows, chosen, several);
        view.setFixedCellSize(ROW_HEIGHT);
        view.setTableMenuButtonVisible(true);
        view.setRowFactory(table -> {
            var line = new LiveTableRow(rows::isFolded, this::turn);
            lines.add(line);
            return line;
        });
        view.setSortPolicy(table -> {
            sort();
            return true;
        });
        view.addEventFilter(KeyEvent.KEY_PRESSED, new GroupKeys(view, rows, this::turn)::pressed);
        // Ages advance only where somebody can see them.
        view.sceneProperty()
                .flatMap(Scene::windowProperty)
                .flatMap(LiveTable::isSeen)
                .orElse(false)
                .subscribe(seen -> {
                    windowSeen = seen;
                    runAges();
                });
    }

    private static ObservableValue<Boolean> isSeen(Window window) {
        return window instanceof Stage stage
                ? Bindings.and(stage.showingProperty(), stage.iconifiedProperty().not())
                : window.showingProperty();
    }

    /** Whether somebody looks, so that ages go on. */
    void live(boolean wanted) {
        live = wanted;
        runAges();
    }

    private void runAges() {
        ages.run(live && windowSeen);
    }

    /** Takes the tint from what has changed some time ago. */
    private void fade() {
        syncLines();
        syncCells();
        Duration left = FADE.minusNanos(System.nanoTime() - changedAt);
        if (left.isPositive()) {
            fade.in(left);
        }
    }

    TableView<LiveRow> view() {
        return view;
    }

    LiveRows rows() {
        return rows;
    }

    /** How the user has arranged the columns. */
    TableLook look() {
        return view.getColumns().isEmpty() ? wanted : Looks.of(view);
    }

    /** Arranges the columns; those that come later as well. */
    void look(TableLook look) {
        wanted = look;
        if (!view.getColumns().isEmpty()) {
            Looks.apply(look, view);
        }
    }

    /** Has columns of charts, after the others, from the next list on. */
    void sparks(List<Spark> wantedSparks) {
        sparks = List.copyOf(wantedSparks);
    }

    /** Lets the charts that are seen look again. */
    void syncSparks() {
        sparkCells.forEach(SparkColumn.SparkCell::sync);
    }

    /** The objects whose charts can be seen. */
    List<Row> charted() {
        // Cells of columns beyond the edge are not even there.
        Set<Row> seen = new LinkedHashSet<>();
        for (SparkColumn.SparkCell cell : sparkCells) {
            LiveRow row = cell.isEmpty() ? null : cell.getItem();
            boolean shown =
                    cell.getParent() instanceof LiveTableRow line
                            && line.isVisible()
                            && line.getScene() != null;
            if (shown && row != null && !row.isHeading()) {
                seen.add(row.row());
            }
        }
        return List.copyOf(seen);
    }

    /** Groups rows; null for not at all. */
    void groupBy(@Nullable Function<Row, String> group) {
        selection.keepDuring(() -> rows.groupBy(group));
    }

    /** Folds all groups or unfolds them. */
    void foldAll(boolean fold) {
        selection.keepDuring(() -> rows.foldAll(fold));
        syncLines();
    }

    private void turn(LiveRow heading) {
        boolean fold = !rows.isFolded(heading);
        selection.keepDuring(() -> rows.fold(heading, fold));
        syncLines();
    }

    /** Forgets rows and columns, but not how they are arranged. */
    void clear() {
        wanted = look();
        selection.forget();
        selection.keepDuring(rows::forget);
        columns = List.of();
        view.getSortOrder().clear();
        view.getColumns().clear();
    }

    /** Takes a whole list. */
    void reset(List<Column> now, boolean namespaced, List<Row> listed) {
        if (!now.equals(columns)) {
            wanted = look();
            columns = now;
            showColumns(namespaced);
        }
        selection.keepDuring(() -> rows.reset(listed));
        fit();
        syncCells();
    }

    /** Takes changes, as {@link LiveRows#apply}. */
    void apply(Collection<Row> changed, Collection<String> removed, long at) {
        selection.keepDuring(() -> rows.apply(changed, removed, at));
        fit();
        syncCells();
        syncLines();
        if (at != 0) {
            changedAt = at;
            if (!fade.isPending()) {
                fade.in(FADE);
            }
        }
    }

    void filter(Predicate<Row> passing) {
        selection.keepDuring(() -> rows.show(passing));
    }

    private void showColumns(boolean namespaced) {
        fitted = false;
        cells.clear();
        ages.clear();
        sparkCells.clear();
        List<TableColumn<LiveRow, ?>> made = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            made.add(LiveColumn.of(columns.get(i), i, ages, cells::add));
        }
        if (namespaced) {
            made.add(Math.min(1, made.size()), LiveColumn.namespace(cells::add));
        }
        sparks.forEach(spark -> made.add(new SparkColumn(spark, sparkCells::add)));
        view.getColumns().setAll(made);
        Looks.apply(wanted, view);
    }

    /** Once, when there is something to be seen. */
    private void fit() {
        if (!fitted && !rows.isEmpty()) {
            fitted = true;
            Fit.fit(view);
        }
    }

    private void sort() {
        List<RowOrder> wanted = new ArrayList<>();
        for (TableColumn<LiveRow, ?> column : view.getSortOrder()) {
            if (column instanceof LiveColumn live) {
                wanted.add(live.order());
            }
        }
        selection.keepDuring(() -> rows.orderBy(wanted));
    }

    /** What the user has selected. */
    RowSelection selection() {
        return selection;
    }

    /** The headings of the columns that are seen. */
    List<String> headings() {
        return view.getVisibleLeafColumns().stream().map(TableColumn::getText).toList();
    }

    /** The texts of a row in the columns that are seen. */
    List<String> texts(LiveRow row) {
        List<String> texts = new ArrayList<>();
        for (TableColumn<LiveRow, ?> column : view.getVisibleLeafColumns()) {
            texts.add(column instanceof KeyedColumn live ? live.text(row.row()) : "");
        }
        return texts;
    }

    /** The columns of the server. */
    List<Column> columns() {
        return columns;
    }

    private void syncCells() {
        cells.forEach(LiveCell::sync);
        ages.sync();
    }

    private void syncLines() {
        long now = System.nanoTime();
        lines.forEach(line -> line.sync(now));
    }
}
