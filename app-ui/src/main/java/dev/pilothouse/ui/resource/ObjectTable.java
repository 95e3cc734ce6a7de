package dev.pilothouse.ui.resource;

import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.Row;
import dev.pilothouse.ui.cluster.Subscription;
import dev.pilothouse.ui.cluster.TableQuery;
import dev.pilothouse.ui.i18n.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/**
 * The live table of one kind's objects. The columns are the server's, so that every kind has them.
 * All methods belong to the JavaFX thread.
 */
public final class ObjectTable {

    private final Cluster cluster;
    private final Executor pulse;
    private final Listener listener;
    private final LiveTable table = new LiveTable(row -> selected(), this::several);
    private @Nullable Kind kind;
    private @Nullable TableQuery shown;
    private Grouping grouping = Grouping.NONE;
    private @Nullable Subscription watch;
    private int turns;
    private Connection connection = new Connection.Connecting();
    private String revision = "";
    private @Nullable Instant lastEvent;
    private boolean listed;
    private String filter = "";

    /** Is told what happens in the table. */
    public interface Listener {
        /** The selection is on another object, or its object has changed; null for none. */
        void selected(@Nullable Selected object);

        /** More or fewer objects are selected now. */
        void several(int count);

        /** Connection, count or revision are others now. */
        void state(TableState state);
    }

    /** An object the user has chosen. */
    public record Selected(Kind kind, Row row) {}

    /**
     * An empty table.
     *
     * @param pulse runs work on the JavaFX thread, together with the drawing
     */
    public ObjectTable(Cluster cluster, Executor pulse, Listener listener) {
        this.cluster = cluster;
        this.pulse = pulse;
        this.listener = listener;
        table.view().setId("objects");
        table.view().setPlaceholder(Placeholder.of("", Texts.text("table.choose")));
    }

    /** The node to show. */
    public TableView<?> view() {
        return table.view();
    }

    /**
     * Shows the objects of a kind that a query chooses. After {@link #close()} the same objects go
     * on where they were: nothing is read again that has not changed, and the place is kept.
     */
    public void show(Kind wanted, TableQuery query) {
        boolean on = listed && !revision.isEmpty() && wanted.equals(kind) && query.equals(shown);
        close();
        if (!on) {
            kind = wanted;
            shown = query;
            listed = false;
            revision = "";
            lastEvent = null;
            table.clear();
            table.groupBy(null);
            table.view().setAccessibleText(Texts.text("table.accessible", wanted.kind()));
        }
        connection = new Connection.Connecting();
        int turn = ++turns;
        // What an ended watch has still under way is dropped.
        var events =
                new Receiver(
                        pulse,
                        changes -> {
                            if (turn == turns) {
                                apply(wanted, changes);
                            }
                        });
        watch = cluster.followTable(wanted, query.from(revision), events);
        table.live(true);
        showState();
    }

    /** Forgets what is shown; how it is arranged as well. */
    public void forget() {
        close();
        listed = false;
        kind = null;
        table.clear();
        table.look(TableLook.USUAL);
    }

    /** How the user has arranged the columns. */
    public TableLook look() {
        return table.look();
    }

    /** Arranges the columns, now and when they come. */
    public void look(TableLook look) {
        table.look(look);
    }

    /** The columns there are, in their order; none before the first answer. */
    public List<ColumnChoice> columnChoices() {
        return Looks.choices(table.view());
    }

    /** Has columns of charts, from the next list on. */
    public void sparks(List<Spark> sparks) {
        table.sparks(sparks);
    }

    /** Lets the charts that are seen look again. */
    public void syncSparks() {
        table.syncSparks();
    }

    /** The objects whose charts can be seen. */
    public List<Row> charted() {
        return table.charted();
    }

    /** What the rows are grouped by. */
    public Grouping grouping() {
        return grouping;
    }

    /** Puts the rows into groups. */
    public void groupBy(Grouping by) {
        grouping = by;
        table.groupBy(by.function(table.columns()));
        showState();
    }

    /** Folds all groups or unfolds them. */
    public void foldAll(boolean fold) {
        table.foldAll(fold);
    }

    /** Shows only the objects that a filter lets through, as {@link RowFilter} reads it. */
    public void filter(String text) {
        filter = text.strip();
        filterRows();
        showState();
    }

    private void filterRows() {
        table.filter(RowFilter.of(filter, table.columns()));
    }

    /** The selected object, null when there is none. */
    public @Nullable Selected selection() {
        LiveRow row = table.view().getSelectionModel().getSelectedItem();
        return row == null || row.isHeading() || kind == null
                ? null
                : new Selected(kind, row.row());
    }

    /** The selected objects, in the order of the table. */
    public List<Selected> selections() {
        Kind of = kind;
        return of == null
                ? List.of()
                : table.selection().rows().stream()
                        .map(row -> new Selected(of, row.row()))
                        .toList();
    }

    /** What is shown, as it is shown: first the headings, then the texts of each object. */
    public List<List<String>> texts() {
        List<List<String>> texts = new ArrayList<>();
        texts.add(table.headings());
        objects().forEach(row -> texts.add(table.texts(row)));
        return texts;
    }

    /** The objects that are shown, in the order of the table; those of folded groups are not. */
    public List<Selected> shown() {
        Kind of = kind;
        return of == null ? List.of() : objects().map(row -> new Selected(of, row.row())).toList();
    }

    /** The uids of the objects that are shown. */
    public Set<String> uids() {
        Set<String> uids = new HashSet<>();
        objects().forEach(row -> uids.add(row.row().uid()));
        return uids;
    }

    private Stream<LiveRow> objects() {
        return table.rows().stream().filter(row -> !row.isHeading());
    }

    /** Selects an object by its uid; false when it is not shown. */
    public boolean select(String uid) {
        return table.selection().select(uid);
    }

    /** Selects the first object when none is selected, and takes the keyboard. */
    public void focus() {
        if (table.view().getSelectionModel().isEmpty() && !table.rows().isEmpty()) {
            table.view().getSelectionModel().select(0);
        }
        table.view().requestFocus();
    }

    /** Somebody who is here with the keyboard already needs a place to go on from. */
    private void selectFirst() {
        TableView<LiveRow> view = table.view();
        boolean here = view.getScene() != null && view.equals(view.getScene().getFocusOwner());
        if (here && view.getSelectionModel().isEmpty() && !table.rows().isEmpty()) {
            view.getSelectionModel().select(0);
        }
    }

    /** Tries again at once after a failure. */
    public void retry() {
        if (watch != null) {
            watch.retry();
        }
    }

    /** Ends the watch. */
    public void close() {
        turns++;
        table.live(false);
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    private void several() {
        listener.several(
                grouping == Grouping.NONE
                        ? table.view().getSelectionModel().getSelectedIndices().size()
                        : table.selection().rows().size());
    }

    private void selected() {
        listener.selected(selection());
    }

    private void apply(Kind of, Map<String, Receiver.Change> changes) {
        boolean empty = table.rows().isEmpty();
        List<Row> changed = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        boolean first = !listed || revision.isEmpty();
        for (Receiver.Change change : changes.values()) {
            switch (change) {
                case Receiver.Change.Listed list -> {
                    listed = true;
                    table.reset(list.columns(), of.namespaced(), list.rows());
                    // A filter may name a column, which is known only now; so may a group.
                    if (!filter.isEmpty()) {
                        filterRows();
                    }
                    if (!table.rows().isGrouped()) {
                        table.groupBy(grouping.function(list.columns()));
                    }
                }
                case Receiver.Change.Changed object -> changed.add(object.row());
                case Receiver.Change.Removed object -> removed.add(object.uid());
                case Receiver.Change.Reached reached -> revision = reached.revision();
                case Receiver.Change.Connected now -> connection = now.state();
            }
        }
        if (!(connection instanceof Connection.Lost)) {
            lastEvent = Instant.now();
        }
        if (!changed.isEmpty() || !removed.isEmpty()) {
            table.apply(changed, removed, first ? 0 : System.nanoTime());
            tellOfSelection(changed);
        }
        if (empty) {
            selectFirst();
        }
        showState();
    }

    private void tellOfSelection(List<Row> changed) {
        Selected now = selection();
        if (now != null && changed.stream().anyMatch(row -> row.uid().equals(now.row().uid()))) {
            listener.selected(now);
        }
    }

    private void showState() {
        listener.state(
                new TableState(
                        connection,
                        table.rows().matching(),
                        table.rows().total(),
                        revision,
                        lastEvent));
        if (kind != null && table.rows().isEmpty()) {
            table.view().setPlaceholder(placeholder(kind));
        }
    }

    private Node placeholder(Kind of) {
        if (connection instanceof Connection.Lost lost && !listed) {
            boolean everywhere =
                    lost.isForbidden()
                            && of.namespaced()
                            && (shown == null || shown.namespaces().isEmpty());
            return Placeholder.failed(
                    Texts.text("table.failed", of.kind()),
                    everywhere
                            ? lost.reason() + " " + Texts.text("table.forbidden.hint")
                            : lost.reason(),
                    Texts.text(lost.isUnauthorized() ? "retry.credentials" : "retry"),
                    this::retry);
        }
        if (!listed) {
            return Placeholder.loading(Texts.text("table.loading", of.resource()));
        }
        if (table.rows().total() > 0) {
            return Placeholder.of(
                    Texts.text("table.noMatch"), Texts.text("table.noMatch.hint", filter));
        }
        return Placeholder.of(
                Texts.text("table.none", of.resource()), Texts.text("table.none.hint"));
    }
}
