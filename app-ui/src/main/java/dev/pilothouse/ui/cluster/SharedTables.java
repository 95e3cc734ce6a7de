package dev.pilothouse.ui.cluster;

import java.util.HashMap;
import java.util.Map;

/**
 * One live table for all that look at the same objects in the same way: the first one opens it, the
 * last one who lets go ends it. However many views show the pods, the server is asked for them once
 * and each row is kept once. Thread-safe.
 */
final class SharedTables {

    private final HttpCluster cluster;
    private final Map<Key, SharedTable> tables = new HashMap<>();

    /** What makes two tables the same one; where somebody goes on from does not. */
    private record Key(Kind kind, TableQuery query) {}

    SharedTables(HttpCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Lets somebody look at a table, until the subscription is closed. What is known already comes
     * at once and without a request; nothing of it is called on the calling thread.
     */
    Subscription follow(Kind kind, TableQuery query, TableEvents events) {
        Key key = new Key(kind, query.from(""));
        SharedTable.Viewer viewer = new SharedTable.Viewer(events, query.from());
        SharedTable table;
        synchronized (this) {
            table = tables.computeIfAbsent(key, _ -> new SharedTable(cluster, kind, key.query()));
            table.add(viewer);
        }
        return new Use(key, table, viewer);
    }

    private final class Use implements Subscription {
        private final Key key;
        private final SharedTable table;
        private final SharedTable.Viewer viewer;

        Use(Key key, SharedTable table, SharedTable.Viewer viewer) {
            this.key = key;
            this.table = table;
            this.viewer = viewer;
        }

        @Override
        public void retry() {
            table.retry();
        }

        @Override
        public void close() {
            synchronized (SharedTables.this) {
                if (table.remove(viewer)) {
                    tables.remove(key, table);
                }
            }
        }
    }
}
