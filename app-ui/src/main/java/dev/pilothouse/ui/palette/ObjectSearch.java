package dev.pilothouse.ui.palette;

import dev.pilothouse.ui.cluster.Cluster;
import dev.pilothouse.ui.cluster.Kind;
import dev.pilothouse.ui.cluster.ObjectRef;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the names of all objects of a cluster, kind after kind, for as long as somebody searches.
 * Only metadata is asked for. Tells its findings on the JavaFX thread.
 */
final class ObjectSearch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectSearch.class);

    /** Kinds that people look for by name; the others come after them. */
    private static final List<String> FIRST =
            List.of(
                    "deployments",
                    "services",
                    "statefulsets",
                    "daemonsets",
                    "nodes",
                    "namespaces",
                    "configmaps",
                    "secrets",
                    "ingresses",
                    "jobs",
                    "cronjobs",
                    "persistentvolumeclaims",
                    "pods");

    /** Nobody looks for these by name, and there are many of them. */
    private static final List<String> NEVER =
            List.of("events", "leases", "endpointslices", "controllerrevisions");

    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;

    /**
     * Starts at once.
     *
     * @param found is told objects part by part
     * @param done is run when there are no more
     */
    ObjectSearch(
            Cluster cluster,
            List<Kind> kinds,
            Executor pulse,
            Consumer<List<ObjectRef>> found,
            Runnable done) {
        List<Kind> wanted =
                kinds.stream()
                        .filter(kind -> !NEVER.contains(kind.resource()))
                        .sorted(Comparator.comparingInt(ObjectSearch::turn))
                        .toList();
        thread =
                Thread.ofVirtual()
                        .name("search")
                        .start(() -> read(cluster, wanted, pulse, found, done));
    }

    private static int turn(Kind kind) {
        int at = FIRST.indexOf(kind.resource());
        return at < 0 ? FIRST.size() : at;
    }

    private void read(
            Cluster cluster,
            List<Kind> kinds,
            Executor pulse,
            Consumer<List<ObjectRef>> found,
            Runnable done) {
        for (Kind kind : kinds) {
            try {
                cluster.names(
                        kind,
                        part -> {
                            pulse.execute(() -> {
                                if (!closed.get()) {
                                    found.accept(part);
                                }
                            });
                            return !closed.get();
                        });
            } catch (IOException e) {
                // What may not be read is not found; the others still are.
                LOG.debug("{} cannot be searched: {}", kind.resource(), e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (closed.get()) {
                return;
            }
        }
        pulse.execute(() -> {
            if (!closed.get()) {
                done.run();
            }
        });
    }

    @Override
    public void close() {
        closed.set(true);
        thread.interrupt();
    }
}
