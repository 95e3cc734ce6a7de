package dev.pilothouse.ui.list;

import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Column;
import dev.pilothouse.ui.cluster.Connection;
import dev.pilothouse.ui.cluster.Kinds;
import dev.pilothouse.ui.cluster.Row;
import dev.pilothouse.ui.cluster.Subscription;
import dev.pilothouse.ui.cluster.TableEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/** The namespaces of a cluster, live, for all its lists. JavaFX thread, but for what it hears. */
public final class Namespaces implements AutoCloseable {

    private final List<Runnable> followers = new ArrayList<>();
    private final Subscription watch;
    private List<String> names = List.of();
    private boolean known;

    /** Follows the namespaces of a cluster. */
    public Namespaces(Cluster cluster, Executor pulse) {
        watch = cluster.followTable(Kinds.NAMESPACES, "", new Receiver(pulse));
    }

    /** Their names, sorted. */
    public List<String> names() {
        return names;
    }

    /** Whether the server has told them. */
    boolean isKnown() {
        return known;
    }

    void follow(Runnable changed) {
        followers.add(changed);
    }

    void leave(Runnable changed) {
        followers.remove(changed);
    }

    @Override
    public void close() {
        watch.close();
    }

    private void show(List<String> now) {
        known = true;
        if (!now.equals(names)) {
            names = now;
            List.copyOf(followers).forEach(Runnable::run);
        }
    }

    /** Called on the watching thread. */
    private final class Receiver implements TableEvents {

        private final Executor pulse;
        private final Map<String, String> byUid = new TreeMap<>();

        Receiver(Executor pulse) {
            this.pulse = pulse;
        }

        @Override
        public void listed(List<Column> columns, List<Row> rows) {
            byUid.clear();
            changed(rows);
        }

        @Override
        public void changed(List<Row> rows) {
            rows.forEach(row -> byUid.put(row.uid(), row.name()));
            tell();
        }

        @Override
        public void removed(String uid) {
            byUid.remove(uid);
            tell();
        }

        private void tell() {
            List<String> sorted = byUid.values().stream().sorted().toList();
            pulse.execute(() -> show(sorted));
        }

        @Override
        public void reached(String revision) {
            // Not shown.
        }

        @Override
        public void connection(Connection state) {
            // The lists show it.
        }
    }
}
