package dev.pilothouse.ui.cluster;

import dev.pilothouse.model.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Follows objects on a virtual thread of its own: lists, watches from there, lists again when the
 * watch has been cut off, and waits longer after each failure in a row. What is listed and watched,
 * and who is told, is for subclasses, all of whose methods run on that thread.
 */
abstract class ListAndWatch implements Subscription {

    /** A watch that has lasted so long, in nanoseconds, worked; one that ends at once did not. */
    private static final long LASTING = 1_000_000_000L;

    private final HttpCluster cluster;
    private final Consumer<Connection> connection;
    private final Retries retries = new Retries();
    private final Thread thread;
    private Instant lastLive = Instant.now();
    private volatile boolean closed;

    /**
     * Not yet begun.
     *
     * @param name of the thread
     * @param connection is told how the server is reached
     */
    ListAndWatch(HttpCluster cluster, String name, Consumer<Connection> connection) {
        this.cluster = cluster;
        this.connection = connection;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** Tells what there is; the revision from which to watch. */
    abstract String list() throws IOException, InterruptedException;

    /** Opens a watch of what comes after a revision. */
    abstract HttpCluster.Watch watch(String revision) throws IOException, InterruptedException;

    /**
     * Tells of a change.
     *
     * @param before the revision that was reached before
     * @return the one that is reached now; null when the list has to be read again
     */
    abstract @Nullable String change(String type, JsonNode object, String before);

    /** Whether a refusal is dealt with, so that it is neither told nor the end of trying. */
    boolean handles(RefusedException refusal) {
        return false;
    }

    final void begin() {
        thread.start();
    }

    final boolean isClosed() {
        return closed;
    }

    /** Does not go on after what is being done now. */
    final void end() {
        closed = true;
    }

    private void run() {
        connection.accept(new Connection.Connecting());
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
        } catch (RefusedException e) {
            if (!handles(e)) {
                retries.atLeast(e.retryAfter());
                if (e.code() != RefusedException.GONE) {
                    lost(e);
                }
            }
        } catch (IOException | RuntimeException e) {
            lost(e);
        }
    }

    private void lost(Exception failure) {
        if (!closed) {
            connection.accept(cluster.lost(failure, lastLive));
        }
    }

    private void listAndWatch() throws IOException, InterruptedException {
        String revision = list();
        while (!closed) {
            lastLive = Instant.now();
            String reached = watchOnce(revision);
            lastLive = Instant.now();
            if (reached == null) {
                return;
            }
            revision = reached;
            // A server that ends watches at once must not be asked in a tight loop.
            retries.await();
        }
    }

    /** Watches until the server ends it; null when the list has to be read again. */
    private @Nullable String watchOnce(String start) throws IOException, InterruptedException {
        String revision = start;
        long begun = System.nanoTime();
        try (HttpCluster.Watch watch = watch(start)) {
            connection.accept(new Connection.Live());
            for (String line = watch.lines().readLine();
                    line != null && !closed;
                    line = watch.lines().readLine()) {
                JsonNode event = Json.parse(line);
                String type = Json.text(event, "type");
                if (type.equals("ERROR")) {
                    return null;
                }
                revision = change(type, event.path("object"), revision);
                if (revision == null) {
                    return null;
                }
            }
        } finally {
            if (System.nanoTime() - begun > LASTING) {
                retries.succeeded();
            }
        }
        return revision;
    }

    /** Where the next part of a list begins; empty after the last. */
    static String next(JsonNode part) {
        return Json.text(part, "metadata", "continue");
    }

    @Override
    public final void retry() {
        retries.wake();
    }

    @Override
    public final void close() {
        closed = true;
        thread.interrupt();
    }
}
