package dev.pilothouse.ui.cluster;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the list of kinds live: discovery has no watch, so the definitions of custom resources are
 * watched and discovery is read again after each of their changes.
 */
final class KindsWatcher implements Subscription {

    /** Changes within this time, in milliseconds, are read together. */
    private static final long GATHER = 100;

    /**
     * How often discovery is asked again when it does not say yet what definitions say: a server
     * writes the definition first. One whose names are not accepted never gets there.
     */
    private static final int TRIES = 7;

    private static final String DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";

    private final HttpCluster cluster;
    private final KindsEvents events;
    private final Semaphore stale = new Semaphore(1);
    private final Retries retries = new Retries();
    private final Map<String, String> defined = new ConcurrentHashMap<>();
    private final Set<String> gone = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile int tries;
    private volatile boolean closed;
    private volatile @Nullable Subscription definitions;

    private KindsWatcher(HttpCluster cluster, KindsEvents events) {
        this.cluster = cluster;
        this.events = events;
        this.thread = Thread.ofVirtual().name("discovery").unstarted(this::run);
    }

    static KindsWatcher start(HttpCluster cluster, KindsEvents events) {
        var watcher = new KindsWatcher(cluster, events);
        watcher.thread.start();
        return watcher;
    }

    private void run() {
        try {
            while (!closed) {
                stale.acquire();
                stale.drainPermits();
                read();
                Thread.sleep(GATHER << tries);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Subscription watcher = definitions;
            if (watcher != null) {
                watcher.close();
            }
        }
    }

    private void read() throws InterruptedException {
        try {
            List<Kind> kinds = Discovery.kinds(cluster);
            retries.succeeded();
            events.kinds(kinds);
            askAgain(kinds);
            if (definitions == null) {
                Kind found = Kinds.find(kinds, DEFINITIONS);
                if (found != null) {
                    watchDefinitions(found);
                }
            }
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                if (e instanceof RefusedException refused) {
                    retries.atLeast(refused.retryAfter());
                }
                events.failed(cluster.lost(e, Instant.now()).reason());
                retries.await();
                stale.release();
            }
        }
    }

    /** Asks once more when discovery lags behind the definitions. */
    private void askAgain(List<Kind> kinds) {
        Set<String> served = new HashSet<>();
        kinds.forEach(kind -> served.add(kind.resource() + "." + kind.group()));
        gone.retainAll(served);
        if (served.containsAll(defined.values()) && gone.isEmpty()) {
            tries = 0;
        } else if (tries < TRIES) {
            tries++;
            stale.release();
        }
    }

    private void watchDefinitions(Kind kind) {
        definitions = cluster.followTable(kind, TableQuery.ALL, new Definitions());
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

    /** Any news of a definition makes what is known stale. */
    private final class Definitions implements TableEvents {
        @Override
        public void listed(List<Column> columns, List<Row> rows) {
            defined.clear();
            changed(rows);
        }

        @Override
        public void changed(List<Row> rows) {
            rows.forEach(row -> {
                defined.put(row.uid(), row.name());
                gone.remove(row.name());
            });
            again();
        }

        @Override
        public void removed(String uid) {
            String name = defined.remove(uid);
            if (name != null) {
                gone.add(name);
            }
            again();
        }

        private void again() {
            tries = 0;
            stale.release();
        }

        @Override
        public void reached(String revision) {
            // Says nothing about definitions.
        }

        @Override
        public void connection(Connection state) {
            // A table says it too.
        }
    }
}
