package dev.pilothouse.model.informer;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.ObjectMeta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Informers that are shared. What is asked for before {@link #start} shares one watch for each
 * resource, whatever is kept of its objects; what is asked for later has a watch of its own and is
 * started at once. Informers live until they are stopped or the factory is closed. Thread-safe.
 */
public final class InformerFactory implements AutoCloseable {

    private final ApiClient client;
    private final Backoff backoff;
    private final Map<Selected, Informer<ObjectMeta>> metadata = new HashMap<>();
    private final Map<Selected, Informer<CachedObject>> objects = new HashMap<>();
    private final Map<GroupVersionResource, List<Informer<?>>> views = new HashMap<>();
    private final Map<Selected, Feed> feeds = new HashMap<>();
    private boolean started;
    private boolean closed;

    private record Selected(GroupVersionResource resource, ListOptions selection) {}

    /** Informers over this client. */
    public InformerFactory(ApiClient client, Backoff backoff) {
        this.client = client;
        this.backoff = backoff;
    }

    /** The metadata of all objects of a resource. */
    public synchronized Informer<ObjectMeta> metadata(GroupVersionResource resource) {
        Selected all = new Selected(resource, ListOptions.ALL);
        return metadata.computeIfAbsent(
                all,
                _ -> {
                    Feed feed = feeds.get(all);
                    if (started || feed == null) {
                        feed = new Feed(client.metadata(resource), ListOptions.ALL, backoff);
                        return started(new Informer<>(feed, ObjectMeta::of, Map.of()));
                    }
                    return new Informer<>(feed, ObjectMeta::of, Map.of());
                });
    }

    /** All objects of a resource, whole. */
    public Informer<CachedObject> objects(GroupVersionResource resource) {
        return objects(resource, ListOptions.ALL);
    }

    /**
     * The selected objects of a resource, whole; nothing but namespace and selectors may be set.
     */
    public synchronized Informer<CachedObject> objects(
            GroupVersionResource resource, ListOptions selection) {
        return objects.computeIfAbsent(
                new Selected(resource, selection),
                selected -> informer(selected, CachedObject::of, Map.of()));
    }

    /**
     * What a caller needs of all objects of a resource. Each call makes an informer of its own.
     * Handlers hear of a change only when the kept form differs, so a form that leaves out what
     * does not matter keeps its users from being woken.
     *
     * @param form what is kept of an object: immutable, with equals, not holding on to the tree,
     *     which it must not change
     * @param indexes indexes by name
     */
    public synchronized <T> Informer<T> views(
            GroupVersionResource resource,
            Function<ObjectNode, T> form,
            Map<String, IndexFunction<T>> indexes) {
        Informer<T> informer = informer(new Selected(resource, ListOptions.ALL), form, indexes);
        views.computeIfAbsent(resource, _ -> new ArrayList<>()).add(informer);
        return informer;
    }

    /** Starts all informers that have been asked for. */
    public synchronized void start() {
        if (!started && !closed) {
            started = true;
            feeds.values().forEach(Feed::start);
            metadata.values().forEach(Informer::start);
        }
    }

    /** Stops the informers of a resource, if there are any. */
    public synchronized void stop(GroupVersionResource resource) {
        metadata.entrySet().removeIf(entry -> stop(resource, entry.getKey(), entry.getValue()));
        objects.entrySet().removeIf(entry -> stop(resource, entry.getKey(), entry.getValue()));
        List<Informer<?>> stopped = views.remove(resource);
        if (stopped != null) {
            stopped.forEach(Informer::close);
        }
        feeds.keySet().removeIf(selected -> selected.resource().equals(resource));
    }

    /** Stops all informers; new ones will not start. */
    @Override
    public synchronized void close() {
        closed = true;
        metadata.values().forEach(Informer::close);
        objects.values().forEach(Informer::close);
        views.values().forEach(informers -> informers.forEach(Informer::close));
    }

    private <T> Informer<T> informer(
            Selected selected,
            Function<ObjectNode, T> form,
            Map<String, IndexFunction<T>> indexes) {
        if (started || closed) {
            return started(new Informer<>(feed(selected), form, indexes));
        }
        return new Informer<>(feeds.computeIfAbsent(selected, this::feed), form, indexes);
    }

    private Feed feed(Selected selected) {
        return new Feed(client.resource(selected.resource()), selected.selection(), backoff);
    }

    private <T> Informer<T> started(Informer<T> informer) {
        if (closed) {
            informer.close();
        } else if (started) {
            informer.start();
        }
        return informer;
    }

    private static boolean stop(
            GroupVersionResource resource, Selected selected, @Nullable Informer<?> informer) {
        boolean same = selected.resource().equals(resource);
        if (same && informer != null) {
            informer.close();
        }
        return same;
    }
}
