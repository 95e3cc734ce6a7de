package dev.pilothouse.model.informer;

import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.WatchEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One watch of a resource for several informers, so that each event is parsed once, on one virtual
 * thread. Who manages which field is taken out of the objects: it is often half of them, and nobody
 * who follows objects asks for it; a replaced object keeps it. Thread-safe.
 */
final class Feed {

    private final GroupVersionResource resource;
    private final Reflector reflector;
    private final List<Reflector.Sink> sinks = new CopyOnWriteArrayList<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile @Nullable Thread thread;

    Feed(ResourceClient client, ListOptions selection, Backoff backoff) {
        this.resource = client.resource();
        this.reflector = new Reflector(client, selection, backoff, new Spread());
    }

    GroupVersionResource resource() {
        return resource;
    }

    /** Adds a taker; only before {@link #start}, for what has passed does not come again. */
    void add(Reflector.Sink sink) {
        if (started.get()) {
            throw new IllegalStateException("the feed of " + resource + " has started");
        }
        sinks.add(sink);
    }

    /** Takes a taker out; without takers the feed ends. */
    void remove(Reflector.Sink sink) {
        sinks.remove(sink);
        if (sinks.isEmpty()) {
            reflector.close();
        }
    }

    /** Starts it, once. */
    void start() {
        if (started.compareAndSet(false, true)) {
            thread = Thread.ofVirtual().name("informer " + resource).start(reflector);
        }
    }

    boolean isRunning() {
        Thread running = thread;
        return running != null && running.isAlive();
    }

    /** Hands everything to all takers. */
    private final class Spread implements Reflector.Sink {

        @Override
        public void begin() {
            sinks.forEach(Reflector.Sink::begin);
        }

        @Override
        public void present(ObjectNode object) {
            strip(object);
            sinks.forEach(sink -> sink.present(object));
        }

        @Override
        public void complete() {
            sinks.forEach(Reflector.Sink::complete);
        }

        @Override
        public void apply(WatchEvent event) {
            switch (event) {
                case WatchEvent.Added(ObjectNode object) -> strip(object);
                case WatchEvent.Modified(ObjectNode object) -> strip(object);
                case WatchEvent.Deleted(ObjectNode object) -> strip(object);
                case WatchEvent.Bookmark _, WatchEvent.Error _ -> {}
            }
            sinks.forEach(sink -> sink.apply(event));
        }
    }

    private static void strip(ObjectNode object) {
        JsonNode metadata = object.path("metadata");
        if (metadata instanceof ObjectNode fields) {
            fields.remove("managedFields");
        }
    }
}
