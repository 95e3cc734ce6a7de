package dev.pilothouse.ui.cluster;

import dev.pilothouse.model.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Keeps one table live on a virtual thread of its own: lists in parts, watches from there, lists
 * again when the watch has been cut off, and waits longer after each failure in a row.
 */
final class TableWatcher implements Subscription {

    /** A watch that has lasted so long, in nanoseconds, worked; one that ends at once did not. */
    private static final long LASTING = 1_000_000_000L;

    private final HttpCluster cluster;
    private final Kind kind;
    private final String namespace;
    private final String parameters;
    private final TableEvents events;
    private final @Nullable Runnable forbidden;
    private final RowReader reader;
    private final Retries retries = new Retries();
    private final Thread thread;
    private Instant lastLive = Instant.now();
    private String from;
    private boolean shown;
    private volatile boolean closed;

    private TableWatcher(
            HttpCluster cluster,
            Kind kind,
            String namespace,
            TableQuery query,
            TableEvents events,
            @Nullable Runnable forbidden) {
        this.cluster = cluster;
        this.kind = kind;
        this.namespace = namespace;
        this.parameters = query.parameters();
        this.events = events;
        this.forbidden = forbidden;
        this.reader = new RowReader(query.columns());
        this.from = query.from();
        this.shown = !from.isEmpty();
        this.thread = Thread.ofVirtual().name("watch-" + kind.resource()).unstarted(this::run);
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
        watcher.thread.start();
        return watcher;
    }

    private void run() {
        events.connection(new Connection.Connecting());
        try {
            while (!closed) {
                turn();
                retries.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One list and the watches after it, until something ends them. */
    private void turn() throws InterruptedException {
        try {
            listAndWatch();
        } catch (IOException | RuntimeException e) {
            boolean expired =
                    e instanceof RefusedException answer && answer.code() == RefusedException.GONE;
            if (forbidden != null
                    && e instanceof RefusedException answer
                    && answer.code() == RefusedException.FORBIDDEN) {
                closed = true;
                forbidden.run();
            } else {
                lost(e, expired);
            }
        }
    }

    private void lost(Exception failure, boolean expired) {
        if (failure instanceof RefusedException refused) {
            retries.atLeast(refused.retryAfter());
        }
        if (!closed && !expired) {
            events.connection(cluster.lost(failure, lastLive));
        }
    }

    private void listAndWatch() throws IOException, InterruptedException {
        String revision = from.isEmpty() ? list() : from;
        from = "";
        events.reached(revision);
        shown = true;
        while (!closed) {
            lastLive = Instant.now();
            String reached = watch(revision);
            lastLive = Instant.now();
            if (reached == null) {
                return;
            }
            revision = reached;
            // A server that ends watches at once must not be asked in a tight loop.
            retries.await();
        }
    }

    /** The first list is shown part by part; a later one replaces what is shown as a whole. */
    private String list() throws IOException, InterruptedException {
        JsonNode part = cluster.table(kind, namespace, parameters, "");
        List<Column> columns = reader.columns(part);
        List<Row> rows = new ArrayList<>(reader.rows(part));
        if (!shown) {
            events.listed(columns, rows);
        }
        for (String next = next(part); !next.isEmpty() && !closed; next = next(part)) {
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

    private static String next(JsonNode part) {
        return Json.text(part, "metadata", "continue");
    }

    /** Watches until the server ends it; null when the list has to be read again. */
    private @Nullable String watch(String start) throws IOException, InterruptedException {
        String revision = start;
        long begun = System.nanoTime();
        try (HttpCluster.Watch watch = cluster.watch(kind, namespace, parameters, start)) {
            events.connection(new Connection.Live());
            for (String line = watch.lines().readLine();
                    line != null && !closed;
                    line = watch.lines().readLine()) {
                JsonNode event = Json.parse(line);
                String type = Json.text(event, "type");
                if (type.equals("ERROR")) {
                    return null;
                }
                revision = apply(type, event.path("object"), revision);
            }
        } finally {
            if (System.nanoTime() - begun > LASTING) {
                retries.succeeded();
            }
        }
        return revision;
    }

    private String apply(String type, JsonNode table, String before) {
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

    @Override
    public void retry() {
        retries.wake();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
