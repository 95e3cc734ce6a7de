package dev.pilothouse.ui.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One table of several namespaces. Few are watched one by one, so that the server sends only what
 * is wanted; of more than that all objects are watched and those of other namespaces dropped as
 * they arrive, so that the number of connections stays small. Who may not watch all namespaces gets
 * one watch for each after all. Thread-safe.
 */
final class NamespacedTables implements Subscription {

    /** So many watches at most, as long as the user may watch all namespaces together. */
    static final int FEW = 5;

    private final HttpCluster cluster;
    private final Kind kind;
    private final TableQuery query;
    private final TableEvents events;
    private final List<Subscription> parts = new ArrayList<>();
    private final Map<String, Set<String>> uids = new HashMap<>();
    private final Map<String, Connection> connections = new HashMap<>();

    /** First lists that wait for the others; null when they are shown as they come. */
    private @Nullable Map<String, List<Row>> gathered;

    private List<Column> columns = List.of();
    private boolean listed;
    private boolean closed;

    private NamespacedTables(HttpCluster cluster, Kind kind, TableQuery query, TableEvents events) {
        this.cluster = cluster;
        this.kind = kind;
        this.query = query;
        this.events = events;
        this.gathered = query.from().isEmpty() ? null : new HashMap<>();
    }

    /** Follows the table of a query, however many namespaces it names. */
    static Subscription start(
            HttpCluster cluster, Kind kind, TableQuery query, TableEvents events) {
        List<String> namespaces = kind.namespaced() ? query.namespaces() : List.of();
        if (namespaces.size() < 2) {
            String only = namespaces.isEmpty() ? "" : namespaces.getFirst();
            return TableWatcher.start(cluster, kind, only, query, events, null);
        }
        NamespacedTables tables = new NamespacedTables(cluster, kind, query, events);
        if (namespaces.size() > FEW) {
            tables.followAll();
        } else {
            tables.followEach();
        }
        return tables;
    }

    private synchronized void followAll() {
        Set<String> wanted = Set.copyOf(query.namespaces());
        parts.add(
                TableWatcher.start(
                        cluster, kind, "", query, new OnlyOf(wanted, events), this::followEach));
    }

    private synchronized void followEach() {
        if (closed) {
            return;
        }
        parts.clear();
        for (String namespace : query.namespaces()) {
            connections.put(namespace, new Connection.Connecting());
            parts.add(
                    TableWatcher.start(
                            cluster, kind, namespace, query.from(""), new Part(namespace), null));
        }
    }

    @Override
    public synchronized void retry() {
        parts.forEach(Subscription::retry);
    }

    @Override
    public synchronized void close() {
        closed = true;
        parts.forEach(Subscription::close);
    }

    private synchronized void list(String namespace, List<Column> found, List<Row> rows) {
        columns = found;
        Set<String> before = uids.getOrDefault(namespace, Set.of());
        Set<String> now = new HashSet<>();
        rows.forEach(row -> now.add(row.uid()));
        uids.put(namespace, now);
        if (gathered != null) {
            gathered.put(namespace, new ArrayList<>(rows));
        } else if (!listed) {
            listed = true;
            events.listed(found, rows);
        } else {
            before.stream().filter(uid -> !now.contains(uid)).forEach(events::removed);
            events.changed(rows);
        }
    }

    private synchronized void change(String namespace, List<Row> rows) {
        Set<String> known = uids.computeIfAbsent(namespace, _ -> new HashSet<>());
        rows.forEach(row -> known.add(row.uid()));
        if (gathered != null && gathered.get(namespace) instanceof List<Row> list) {
            Set<String> now = new HashSet<>();
            rows.forEach(row -> now.add(row.uid()));
            list.removeIf(row -> now.contains(row.uid()));
            list.addAll(rows);
        } else {
            events.changed(rows);
        }
    }

    private synchronized void remove(String namespace, String uid) {
        uids.getOrDefault(namespace, new HashSet<>()).remove(uid);
        if (gathered != null && gathered.get(namespace) instanceof List<Row> list) {
            list.removeIf(row -> row.uid().equals(uid));
        } else {
            events.removed(uid);
        }
    }

    /** The worst of all: nothing is live as long as one part of it is not. */
    private synchronized void connect(String namespace, Connection state) {
        connections.put(namespace, state);
        Connection all = new Connection.Live();
        boolean first = true;
        for (Connection each : connections.values()) {
            first &= !(each instanceof Connection.Connecting);
            if (each instanceof Connection.Lost
                    || (each instanceof Connection.Connecting
                            && !(all instanceof Connection.Lost))) {
                all = each;
            }
        }
        if (gathered != null && first && !columns.isEmpty()) {
            List<Row> rows = new ArrayList<>();
            gathered.values().forEach(rows::addAll);
            gathered = null;
            listed = true;
            events.listed(columns, rows);
        }
        events.connection(all);
    }

    private final class Part implements TableEvents {
        private final String namespace;

        Part(String namespace) {
            this.namespace = namespace;
        }

        @Override
        public void listed(List<Column> found, List<Row> rows) {
            list(namespace, found, rows);
        }

        @Override
        public void changed(List<Row> rows) {
            change(namespace, rows);
        }

        @Override
        public void removed(String uid) {
            remove(namespace, uid);
        }

        @Override
        public void reached(String revision) {
            synchronized (NamespacedTables.this) {
                events.reached(revision);
            }
        }

        @Override
        public void connection(Connection state) {
            connect(namespace, state);
        }
    }

    /** Lets the rows of some namespaces through. */
    private record OnlyOf(Set<String> namespaces, TableEvents to) implements TableEvents {
        private List<Row> wanted(List<Row> rows) {
            return rows.stream().filter(row -> namespaces.contains(row.namespace())).toList();
        }

        @Override
        public void listed(List<Column> columns, List<Row> rows) {
            to.listed(columns, wanted(rows));
        }

        @Override
        public void changed(List<Row> rows) {
            List<Row> wanted = wanted(rows);
            if (!wanted.isEmpty()) {
                to.changed(wanted);
            }
        }

        @Override
        public void removed(String uid) {
            to.removed(uid);
        }

        @Override
        public void reached(String revision) {
            to.reached(revision);
        }

        @Override
        public void connection(Connection state) {
            to.connection(state);
        }
    }
}
