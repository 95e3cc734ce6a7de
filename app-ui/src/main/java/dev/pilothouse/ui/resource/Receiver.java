package dev.pilothouse.ui.resource;

import dev.pilothouse.ui.cluster.Column;
import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.cluster.Row;
import dev.pilothouse.ui.cluster.TableEvents;
import dev.pilothouse.ui.fx.Batch;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Carries the events of one watch to the JavaFX thread, merged by object, once per pulse. */
final class Receiver implements TableEvents {

    /** What there is to tell. */
    sealed interface Change {
        /** A new list. */
        record Listed(List<Column> columns, List<Row> rows) implements Change {}

        /** An object was added or changed. */
        record Changed(Row row) implements Change {}

        /** An object is gone. */
        record Removed(String uid) implements Change {}

        /** The revision reached. */
        record Reached(String revision) implements Change {}

        /** The connection now. */
        record Connected(Connection state) implements Change {}
    }

    // No uid has a blank in it.
    private static final String LIST = " list";
    private static final String REVISION = " revision";
    private static final String CONNECTION = " connection";

    private final Batch<Change> batch;

    Receiver(Executor pulse, Consumer<Map<String, Change>> changes) {
        batch = new Batch<>(pulse, changes);
    }

    @Override
    public void listed(List<Column> columns, List<Row> rows) {
        batch.clearAndPut(LIST, new Change.Listed(columns, rows));
    }

    @Override
    public void changed(List<Row> rows) {
        rows.forEach(row -> batch.put(row.uid(), new Change.Changed(row)));
    }

    @Override
    public void removed(String uid) {
        batch.put(uid, new Change.Removed(uid));
    }

    @Override
    public void reached(String revision) {
        batch.put(REVISION, new Change.Reached(revision));
    }

    @Override
    public void connection(Connection state) {
        batch.put(CONNECTION, new Change.Connected(state));
    }
}
