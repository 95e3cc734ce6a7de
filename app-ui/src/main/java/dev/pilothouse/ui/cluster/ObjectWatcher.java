package dev.pilothouse.ui.cluster;

import dev.pilothouse.model.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps a few whole objects live on a virtual thread of its own: lists, watches from there, lists
 * again when the watch has been cut off, and waits longer after each failure in a row. For many
 * objects there is {@link TableWatcher}.
 */
final class ObjectWatcher implements Subscription {

    /** A watch that has lasted so long, in nanoseconds, worked; one that ends at once did not. */
    private static final long LASTING = 1_000_000_000L;

    private final HttpCluster cluster;
    private final Kind kind;
    private final String namespace;
    private final String query;
    private final ObjectEvents events;
    private final Retries retries = new Retries();
    private final Thread thread;
    private Instant lastLive = Instant.now();
    private volatile boolean closed;

    private ObjectWatcher(
            HttpCluster cluster, Kind kind, String namespace, String query, ObjectEvents events) {
        this.cluster = cluster;
        this.kind = kind;
        this.namespace = namespace;
        this.query = query;
        this.events = events;
        this.thread = Thread.ofVirtual().name("follow-" + kind.resource()).unstarted(this::run);
    }

    static ObjectWatcher start(
            HttpCluster cluster, Kind kind, String namespace, String query, ObjectEvents events) {
        var watcher = new ObjectWatcher(cluster, kind, namespace, query, events);
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

    private void turn() throws InterruptedException {
        try {
            listAndWatch();
        } catch (IOException | RuntimeException e) {
            boolean expired =
                    e instanceof RefusedException answer && answer.code() == RefusedException.GONE;
            lost(e, expired);
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
        String revision = list();
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

    private String list() throws IOException, InterruptedException {
        List<ObjectNode> objects = new ArrayList<>();
        JsonNode part = cluster.list(kind, namespace, query, "");
        objects.addAll(Json.objects(part, "items"));
        for (String next = next(part); !next.isEmpty() && !closed; next = next(part)) {
            part = cluster.list(kind, namespace, query, next);
            objects.addAll(Json.objects(part, "items"));
        }
        events.listed(objects.stream().map(kind::typed).toList());
        return Json.text(part, "metadata", "resourceVersion");
    }

    private static String next(JsonNode part) {
        return Json.text(part, "metadata", "continue");
    }

    /** Watches until the server ends it; null when the list has to be read again. */
    private @Nullable String watch(String from) throws IOException, InterruptedException {
        String revision = from;
        long begun = System.nanoTime();
        try (HttpCluster.Watch watch = cluster.watchObjects(kind, namespace, query, from)) {
            events.connection(new Connection.Live());
            for (String line = watch.lines().readLine();
                    line != null && !closed;
                    line = watch.lines().readLine()) {
                JsonNode event = Json.parse(line);
                String type = Json.text(event, "type");
                if (type.equals("ERROR") || !(event.path("object") instanceof ObjectNode object)) {
                    return null;
                }
                switch (type) {
                    case "DELETED" -> events.removed(object);
                    case "BOOKMARK" -> {}
                    default -> events.changed(object);
                }
                revision = Json.text(object, "metadata", "resourceVersion");
            }
        } finally {
            if (System.nanoTime() - begun > LASTING) {
                retries.succeeded();
            }
        }
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
