package dev.pilothouse.ui.resource;

import dev.pilothouse.ui.cluster.ClusterClient;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.Row;
import dev.pilothouse.ui.cluster.TableEvents;
import dev.pilothouse.ui.cluster.TableWatcher;
import dev.pilothouse.ui.fx.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.collections.transformation.SortedList;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/**
 * The live table of one kind's objects. The columns are the server's, so that every kind has them.
 * All methods belong to the JavaFX thread.
 */
public final class ObjectTable {

    private final ClusterClient client;
    private final Executor hop;
    private final Consumer<String> state;
    private final TableView<Row> view = new TableView<>();
    private final ObservableList<Row> rows = FXCollections.observableArrayList();
    private final FilteredList<Row> filtered = new FilteredList<>(rows);
    private final Map<String, Row> byUid = new HashMap<>();
    private @Nullable TableWatcher watcher;

    /** What the watching thread has to tell, in its order. */
    private sealed interface Change {
        /** A new list. */
        record Listed(List<String> columns, List<Row> rows) implements Change {}

        /** A row, empty when it is gone. */
        record Changed(Optional<Row> row) implements Change {}
    }

    /**
     * An empty table.
     *
     * @param hop runs work on the JavaFX thread
     * @param state is told how the connection is, in a sentence; on the JavaFX thread
     */
    public ObjectTable(ClusterClient client, Executor hop, Consumer<String> state) {
        this.client = client;
        this.hop = hop;
        this.state = state;
        SortedList<Row> sorted = new SortedList<>(filtered);
        sorted.comparatorProperty().bind(view.comparatorProperty());
        view.setItems(sorted);
        view.setId("objects");
        view.setPlaceholder(new Label("Choose a kind on the left."));
    }

    /** The node to show. */
    public TableView<Row> view() {
        return view;
    }

    /** Shows another kind. */
    public void show(Kind kind) {
        close();
        byUid.clear();
        rows.clear();
        view.getColumns().clear();
        view.setPlaceholder(new Label("Loading " + kind.resource() + " ..."));
        watcher = TableWatcher.start(client, kind, new Events(kind));
    }

    /** Shows only objects of namespaces that contain a text; objects outside namespaces stay. */
    public void filterNamespace(String text) {
        filtered.setPredicate(row ->
                text.isBlank()
                        || row.namespace().isEmpty()
                        || row.namespace().contains(text.strip()));
    }

    /** Ends the watch. */
    public void close() {
        if (watcher != null) {
            watcher.close();
            watcher = null;
        }
    }

    private void apply(Kind kind, Map<String, Change> changes) {
        List<Row> added = new ArrayList<>();
        for (Map.Entry<String, Change> entry : changes.entrySet()) {
            switch (entry.getValue()) {
                case Change.Listed listed -> replaceAll(kind, listed);
                case Change.Changed changed -> applyRow(entry.getKey(), changed.row(), added);
            }
        }
        rows.addAll(added);
    }

    private void applyRow(String uid, Optional<Row> row, List<Row> added) {
        Row before = byUid.get(uid);
        if (row.isEmpty()) {
            if (before != null) {
                byUid.remove(uid);
                rows.remove(before);
            }
            return;
        }
        byUid.put(uid, row.get());
        int at = before == null ? -1 : rows.indexOf(before);
        if (at >= 0) {
            rows.set(at, row.get());
        } else {
            added.add(row.get());
        }
    }

    private void replaceAll(Kind kind, Change.Listed listed) {
        List<String> columns = new ArrayList<>(listed.columns());
        if (kind.namespaced()) {
            columns.addFirst("Namespace");
        }
        List<String> shown = view.getColumns().stream().map(TableColumn::getText).toList();
        if (!shown.equals(columns)) {
            view.getColumns().clear();
            for (int i = 0; i < columns.size(); i++) {
                view.getColumns().add(column(columns.get(i), kind.namespaced() ? i - 1 : i));
            }
        }
        byUid.clear();
        listed.rows().forEach(row -> byUid.put(row.uid(), row));
        rows.setAll(listed.rows());
        view.setPlaceholder(new Label("There are no " + kind.resource() + "."));
    }

    /** A column of the cell with an index; -1 is the namespace. */
    private static TableColumn<Row, String> column(String title, int index) {
        TableColumn<Row, String> column = new TableColumn<>(title);
        column.setCellValueFactory(cell -> {
            Row row = cell.getValue();
            String text =
                    index < 0
                            ? row.namespace()
                            : index < row.cells().size() ? row.cells().get(index) : "";
            return new ReadOnlyStringWrapper(text);
        });
        column.setPrefWidth(index <= 0 ? 220 : 120);
        return column;
    }

    /** Carries events of one watch to the JavaFX thread; those of an ended watch are dropped. */
    private final class Events implements TableEvents {

        private static final String LIST = "";

        private final Kind kind;
        private final Batch<Change> batch;

        Events(Kind kind) {
            this.kind = kind;
            this.batch =
                    new Batch<>(
                            hop,
                            changes -> {
                                if (isCurrent()) {
                                    apply(kind, changes);
                                }
                            });
        }

        private boolean isCurrent() {
            return watcher != null && watcher.watches(this);
        }

        @Override
        public void listed(List<String> columns, List<Row> listed) {
            batch.clearAndPut(LIST, new Change.Listed(columns, listed));
            tell("Connected");
        }

        @Override
        public void changed(Row row) {
            batch.put(row.uid(), new Change.Changed(Optional.of(row)));
        }

        @Override
        public void removed(String uid) {
            batch.put(uid, new Change.Changed(Optional.empty()));
        }

        @Override
        public void failed(String reason) {
            tell("Not connected: " + reason);
        }

        private void tell(String sentence) {
            hop.execute(() -> {
                if (isCurrent()) {
                    state.accept(sentence);
                    if (rows.isEmpty() && !sentence.equals("Connected")) {
                        view.setPlaceholder(
                                new Label(kind.kind() + " cannot be shown. " + sentence));
                    }
                }
            });
        }
    }
}
