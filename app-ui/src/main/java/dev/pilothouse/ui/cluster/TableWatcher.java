package dev.pilothouse.ui.cluster;

import dev.pilothouse.model.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Keeps one table live on a virtual thread of its own: lists, watches from there, lists again when
 * the watch has been cut off, and waits longer after each failure in a row.
 */
public final class TableWatcher implements AutoCloseable {

    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    private final ClusterClient client;
    private final Kind kind;
    private final TableEvents events;
    private final Thread thread;
    private volatile boolean closed;

    private TableWatcher(ClusterClient client, Kind kind, TableEvents events) {
        this.client = client;
        this.kind = kind;
        this.events = events;
        this.thread = Thread.ofVirtual().name("watch-" + kind.resource()).unstarted(this::run);
    }

    /** Starts watching; events come until it is closed. */
    public static TableWatcher start(ClusterClient client, Kind kind, TableEvents events) {
        var watcher = new TableWatcher(client, kind, events);
        watcher.thread.start();
        return watcher;
    }

    /** Whether this is the watch that calls a receiver. */
    public boolean watches(TableEvents receiver) {
        return events.equals(receiver);
    }

    private void run() {
        Duration wait = FIRST_WAIT;
        while (!closed) {
            try {
                listAndWatch();
                wait = FIRST_WAIT;
            } catch (IOException | JacksonException e) {
                if (!closed) {
                    events.failed(String.valueOf(e.getMessage()));
                }
                Duration twice = wait.multipliedBy(2);
                wait = twice.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : twice;
            } catch (InterruptedException e) {
                return;
            }
            try {
                Thread.sleep(wait);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void listAndWatch() throws IOException, InterruptedException {
        JsonNode table = client.table(kind);
        events.listed(Tables.columns(table), Tables.rows(table));
        String version = Json.text(table, "metadata", "resourceVersion");
        while (!closed) {
            String reached = watch(version);
            if (reached == null) {
                return;
            }
            version = reached;
        }
    }

    /** Watches until the server ends it; null when the list has to be read again. */
    private @Nullable String watch(String from) throws IOException, InterruptedException {
        String version = from;
        try (ClusterClient.Watch watch = client.watch(kind, from)) {
            for (String line = watch.lines().readLine();
                    line != null && !closed;
                    line = watch.lines().readLine()) {
                JsonNode event = Json.parse(line);
                String type = Json.text(event, "type");
                if (type.equals("ERROR")) {
                    return null;
                }
                version = apply(type, event.path("object"), version);
            }
        }
        return version;
    }

    private String apply(String type, JsonNode table, String before) {
        List<Row> rows = Tables.rows(table);
        if (!type.equals("BOOKMARK")) {
            for (Row row : rows) {
                if (type.equals("DELETED")) {
                    events.removed(row.uid());
                } else {
                    events.changed(row);
                }
            }
        }
        String version = Json.text(table, "metadata", "resourceVersion");
        if (version.isEmpty()) {
            JsonNode first = table.path("rows").path(0);
            version = Json.text(first, "object", "metadata", "resourceVersion");
        }
        return version.isEmpty() ? before : version;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
