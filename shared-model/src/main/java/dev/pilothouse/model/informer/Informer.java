package dev.pilothouse.model.informer;

import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.informer.Indexer.Key;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.WatchEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A local copy of a resource's objects that keeps itself up to date, on one virtual thread, and
 * tells handlers what changes. The copy is changed before handlers are told. Thread-safe.
 *
 * @param <T> the kept form of objects, immutable
 */
public final class Informer<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Informer.class);

    private final String name;
    private final Function<ObjectNode, T> form;
    private final Indexer<T> indexer;
    private final Updates updates = new Updates();
    private final Feed feed;
    private final List<DeltaHandler<T>> handlers = new CopyOnWriteArrayList<>();
    private final CompletableFuture<@Nullable Void> synced = new CompletableFuture<>();
    private final Object changing = new Object();

    /**
     * An informer that is not started.
     *
     * @param client what it lists and watches
     * @param selection which objects
     * @param form what is kept of an object, which must not hold on to the tree
     * @param indexes indexes by name
     * @param backoff waits after failures
     */
    public Informer(
            ResourceClient client,
            ListOptions selection,
            Function<ObjectNode, T> form,
            Map<String, IndexFunction<T>> indexes,
            Backoff backoff) {
        this(new Feed(client, selection, backoff), form, indexes);
    }

    /** An informer that shares a feed, which is not started. */
    Informer(Feed feed, Function<ObjectNode, T> form, Map<String, IndexFunction<T>> indexes) {
        this.name = feed.resource().toString();
        this.form = form;
        this.indexer = new Indexer<>(indexes);
        this.feed = feed;
        feed.add(updates);
    }

    /** Starts it, once. */
    public void start() {
        feed.start();
    }

    /** Adds a handler, and tells it of the objects that are there already. */
    public void addHandler(DeltaHandler<T> handler) {
        synchronized (changing) {
            indexer.all().forEach(object -> tell(handler, new Delta.Added<>(object)));
            handlers.add(handler);
        }
    }

    /** The local copy. */
    public Lister<T> lister() {
        return indexer;
    }

    /** Whether the copy has been complete once. */
    public boolean hasSynced() {
        return synced.isDone();
    }

    /**
     * Completes when the copy has been complete once, and handlers have been told; cancelled when
     * closed before.
     */
    public CompletableFuture<@Nullable Void> synced() {
        return synced.copy();
    }

    /** Whether its thread lives. */
    boolean isRunning() {
        return feed.isRunning();
    }

    /** Stops it; the copy stays as it is. */
    @Override
    public void close() {
        feed.remove(updates);
        synced.cancel(false);
    }

    private void tell(Delta<T> delta) {
        handlers.forEach(handler -> tell(handler, delta));
    }

    private void tell(DeltaHandler<T> handler, Delta<T> delta) {
        try {
            handler.onDelta(delta);
        } catch (RuntimeException e) {
            LOG.error("a handler of {} failed", name, e);
        }
    }

    /** What the reflector finds. */
    private final class Updates implements Reflector.Sink {

        /** What has come of the list that is under way; only the reflector's thread knows it. */
        private Map<Key, T> present = new HashMap<>();

        @Override
        public void begin() {
            present = new HashMap<>();
        }

        @Override
        public void present(ObjectNode object) {
            present.put(key(object), form.apply(object));
        }

        @Override
        public void complete() {
            Map<Key, T> there = present;
            present = new HashMap<>();
            synchronized (changing) {
                Map<Key, T> gone = indexer.snapshot();
                there.forEach((key, object) -> {
                    gone.remove(key);
                    put(key, object);
                });
                gone.keySet().forEach(this::remove);
            }
            synced.complete(null);
        }

        @Override
        public void apply(WatchEvent event) {
            synchronized (changing) {
                switch (event) {
                    case WatchEvent.Added(ObjectNode object) ->
                            put(key(object), form.apply(object));
                    case WatchEvent.Modified(ObjectNode object) ->
                            put(key(object), form.apply(object));
                    case WatchEvent.Deleted(ObjectNode object) -> deleted(object);
                    case WatchEvent.Bookmark _, WatchEvent.Error _ -> {}
                }
            }
        }

        private void put(Key key, T object) {
            T previous = indexer.get(key.namespace(), key.name());
            if (object.equals(previous)) {
                return; // Nothing that is kept has changed, and nobody need be told.
            }
            indexer.put(key, object);
            tell(
                    previous == null
                            ? new Delta.Added<>(object)
                            : new Delta.Updated<>(previous, object));
        }

        /** Handlers see the last state, which may differ from the last one they were told of. */
        private void deleted(ObjectNode object) {
            if (indexer.remove(key(object)) != null) {
                tell(new Delta.Deleted<>(form.apply(object)));
            }
        }

        private void remove(Key key) {
            T removed = indexer.remove(key);
            if (removed != null) {
                tell(new Delta.Deleted<>(removed));
            }
        }

        private Key key(ObjectNode object) {
            return new Key(
                    Json.text(object, "metadata", "namespace"),
                    Json.text(object, "metadata", "name"));
        }
    }
}
