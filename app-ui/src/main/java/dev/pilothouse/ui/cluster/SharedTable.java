package dev.pilothouse.ui.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A live table with several viewers. It keeps the rows, so that who comes later is served from
 * memory, and which objects have gone lately, so that who comes back is told just the difference.
 *
 * <p>Adding and removing viewers is for {@link SharedTables} alone, one call at a time; it never
 * waits for viewers, which are told things on the watching thread and on threads of their own.
 */
final class SharedTable {

    private static final Logger LOG = LoggerFactory.getLogger(SharedTable.class);

    private final HttpCluster cluster;
    private final Kind kind;
    private final TableQuery query;
    private final List<Viewer> viewers = new CopyOnWriteArrayList<>();

    // Everything below is changed in the lock of this object.
    private final Map<String, Row> rows = new HashMap<>();
    private final Removals removals = new Removals();
    private volatile @Nullable Subscription watch;
    private @Nullable Source source;
    private List<Column> columns = List.of();
    private Connection connection = new Connection.Connecting();
    private String revision = "";

    /** Whether the rows are all there are; not while they go on from what a viewer knew. */
    private boolean whole;

    private boolean listed;

    /** Somebody who looks at the table. */
    static final class Viewer {
        private final TableEvents events;
        private final String from;
        private volatile boolean left;

        /** Whether it was told what there was when it came. Belongs to the table's lock. */
        private boolean served;

        /**
         * Not looking yet.
         *
         * @param from the revision of what it shows already, empty for nothing
         */
        Viewer(TableEvents events, String from) {
            this.events = events;
            this.from = from;
        }
    }

    SharedTable(HttpCluster cluster, Kind kind, TableQuery query) {
        this.cluster = cluster;
        this.kind = kind;
        this.query = query;
    }

    /** Lets somebody in; they are told on other threads. */
    void add(Viewer viewer) {
        boolean first = viewers.isEmpty();
        viewers.add(viewer);
        if (first) {
            // Nobody else holds the lock yet.
            start(viewer.from);
            return;
        }
        Thread.ofVirtual().name("join-" + kind.resource()).start(() -> join(viewer));
    }

    /** Lets somebody go; true when that was the last one, with whom the table ends. */
    boolean remove(Viewer viewer) {
        viewer.left = true;
        if (!viewers.remove(viewer) || !viewers.isEmpty()) {
            return false;
        }
        Thread.ofVirtual().name("leave-" + kind.resource()).start(this::stop);
        return true;
    }

    void retry() {
        Subscription now = watch;
        if (now != null) {
            now.retry();
        }
    }

    /**
     * Opens the watch, in place of one there may be. Watches are opened and closed outside the lock
     * in which they tell things.
     */
    private void start(String from) {
        Source next = new Source();
        Subscription before;
        synchronized (this) {
            before = watch;
            watch = null;
            source = next;
            whole = from.isEmpty();
            listed = false;
            revision = from;
            rows.clear();
            // The first one goes on from what it knows; others may know less.
            viewers.forEach(viewer -> viewer.served = viewer.from.equals(from));
        }
        if (before != null) {
            before.close();
        }
        Subscription opened = NamespacedTables.start(cluster, kind, query.from(from), next);
        boolean late;
        synchronized (this) {
            late = source != next;
            if (!late) {
                watch = opened;
            }
        }
        if (late || viewers.isEmpty()) {
            opened.close();
        }
    }

    private void stop() {
        Subscription ended;
        synchronized (this) {
            ended = watch;
            watch = null;
            source = null;
            rows.clear();
        }
        if (ended != null) {
            ended.close();
        }
    }

    /** Tells a viewer what there is, and from then on what happens. */
    private void join(Viewer viewer) {
        boolean anew;
        synchronized (this) {
            if (viewer.served || viewer.left) {
                return;
            }
            // Who knows nothing needs more than what has changed for another one.
            anew = source != null && !whole;
            if (!anew) {
                serve(viewer);
            }
        }
        if (anew) {
            start("");
        }
    }

    private void serve(Viewer viewer) {
        boolean complete = !revision.isEmpty();
        // Who shows a whole list waits for one; a part of it would take objects away.
        if (viewer.from.isEmpty() || complete) {
            viewer.served = true;
            tellAll(viewer, complete);
        }
        // As a watcher does: first what there is, then that it is live.
        tell(viewer, events -> events.connection(connection));
    }

    private void tellAll(Viewer viewer, boolean complete) {
        if (!viewer.from.isEmpty() && isRemembered(viewer.from)) {
            tell(viewer, events -> tellDifference(events, viewer.from));
        } else if (listed) {
            List<Row> all = List.copyOf(rows.values());
            tell(viewer, events -> events.listed(columns, all));
        }
        if (complete) {
            tell(viewer, events -> events.reached(revision));
        }
    }

    private void tellDifference(TableEvents events, String from) {
        long at = Removals.number(from);
        List<Row> changed =
                rows.values().stream().filter(row -> Removals.number(row.revision()) > at).toList();
        if (!changed.isEmpty()) {
            events.changed(changed);
        }
        removals.after(from).forEach(events::removed);
    }

    /** Of several namespaces each has reached a revision of its own. */
    private boolean isRemembered(String from) {
        return query.namespaces().size() < 2
                && removals.reachBackTo(from)
                && Removals.number(from) <= Removals.number(revision);
    }

    private void tell(Consumer<TableEvents> what) {
        for (Viewer viewer : viewers) {
            if (viewer.served) {
                tell(viewer, what);
            }
        }
    }

    /** A viewer that fails must not take the table from the others. */
    private void tell(Viewer viewer, Consumer<TableEvents> what) {
        if (viewer.left) {
            return;
        }
        try {
            what.accept(viewer.events);
        } catch (RuntimeException e) {
            LOG.error("a view of {} failed", kind.resource(), e);
        }
    }

    /** Hears of one watch; what an ended one has still under way is dropped. */
    private final class Source implements TableEvents {

        @Override
        public void listed(List<Column> now, List<Row> all) {
            synchronized (SharedTable.this) {
                if (source != this) {
                    return;
                }
                columns = List.copyOf(now);
                listed = true;
                whole = true;
                rows.clear();
                all.forEach(row -> rows.put(row.uid(), row));
                // What went between two lists is not known one by one.
                revision = "";
                tell(viewer -> viewer.listed(now, all));
            }
        }

        @Override
        public void changed(List<Row> some) {
            synchronized (SharedTable.this) {
                if (source != this) {
                    return;
                }
                if (whole) {
                    some.forEach(row -> rows.put(row.uid(), row));
                }
                tell(viewer -> viewer.changed(some));
            }
        }

        @Override
        public void removed(String uid) {
            synchronized (SharedTable.this) {
                if (source != this) {
                    return;
                }
                if (rows.remove(uid) != null) {
                    removals.add(uid);
                }
                tell(viewer -> viewer.removed(uid));
            }
        }

        @Override
        public void reached(String now) {
            synchronized (SharedTable.this) {
                if (source != this) {
                    return;
                }
                boolean first = revision.isEmpty();
                revision = now;
                if (first) {
                    removals.begin(now);
                } else {
                    removals.reached(now);
                }
                tell(viewer -> viewer.reached(now));
                if (first) {
                    serveWaiting();
                }
            }
        }

        private void serveWaiting() {
            viewers.stream().filter(viewer -> !viewer.served).forEach(SharedTable.this::serve);
        }

        @Override
        public void connection(Connection state) {
            synchronized (SharedTable.this) {
                if (source == this) {
                    connection = state;
                    // Also to those who wait: they show what they know, and whether it is live.
                    viewers.forEach(viewer -> tell(viewer, events -> events.connection(state)));
                }
            }
        }
    }
}
