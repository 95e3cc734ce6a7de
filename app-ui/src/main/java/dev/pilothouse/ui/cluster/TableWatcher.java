package dev.pilothouse.ui.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Keeps one table live, whose list comes in parts. */
final class TableWatcher extends ListAndWatch {

    private final HttpCluster cluster;
    private final Kind kind;
    private final String namespace;
    private final String parameters;
    private final TableEvents events;
    private final @Nullable Runnable forbidden;
    private final RowReader reader;
    private String from;
    private boolean shown;

    private TableWatcher(
            HttpCluster cluster,
            Kind kind,
            String namespace,
            TableQuery query,
            TableEvents events,
            @Nullable Runnable forbidden) {
        super(cluster, "watch-" + kind.resource(), events::connection);
        this.cluster = cluster;
        this.kind = kind;
        this.namespace = namespace;
        this.parameters = query.parameters();
        this.events = events;
        this.forbidden = forbidden;
        this.reader = new RowReader(query.columns());
        this.from = query.from();
        this.shown = !from.isEmpty();
    }

    /**
     * Starts.
     *
     * @param namespace of the objects, empty for all; those of the query do not count
     * @param forbidden is run instead of going on when the user may not see these objects; null to
     *     say so and to try again
     */
    static TableWatcher start(
            HttpCluster cluster,
            Kind kind,
            String namespace,
            TableQuery query,
            TableEvents events,
            @Nullable Runnable forbidden) {
        var watcher = new TableWatcher(cluster, kind, namespace, query, events, forbidden);
        watcher.begin();
        return watcher;
    }

    @Override
    boolean handles(RefusedException refusal) {
        if (forbidden == null || refusal.code() != RefusedException.FORBIDDEN) {
            return false;
        }
        end();
        forbidden.run();
        return true;
    }

    @Override
    String list() throws IOException, InterruptedException {
        String revision = from.isEmpty() ? read() : from;
        from = "";
        events.reached(revision);
        shown = true;
        return revision;
    }

    /** The first list is shown part by part; a later one replaces what is shown as a whole. */
    private String read() throws IOException, InterruptedException {
        JsonNode part = cluster.table(kind, namespace, parameters, "");
        List<Column> columns = reader.columns(part);
        List<Row> rows = new ArrayList<>(reader.rows(part));
        if (!shown) {
            events.listed(columns, rows);
        }
        for (String next = next(part); !next.isEmpty() && !isClosed(); next = next(part)) {
            part = cluster.table(kind, namespace, parameters, next);
            List<Row> more = reader.rows(part);
            if (shown) {
                rows.addAll(more);
            } else {
                events.changed(more);
            }
        }
        if (shown) {
            events.listed(columns, rows);
        }
        return RowReader.revision(part);
    }

    @Override
    HttpCluster.Watch watch(String revision) throws IOException, InterruptedException {
        return cluster.watch(kind, namespace, parameters, revision);
    }

    @Override
    String change(String type, JsonNode table, String before) {
        List<Row> rows = reader.rows(table);
        switch (type) {
            case "DELETED" -> rows.forEach(row -> events.removed(row.uid()));
            case "BOOKMARK" -> {}
            default -> events.changed(rows);
        }
        String revision = RowReader.revision(table);
        if (revision.isEmpty()) {
            return before;
        }
        events.reached(revision);
        return revision;
    }
}
