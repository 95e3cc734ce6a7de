package dev.pilothouse.model.informer;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.ObjectMeta;
import java.util.HashMap;
import java.util.Map;

/**
 * Informers that are shared: one for each resource, form and selection. Informers are started when
 * they are first asked for, and live until they are stopped or the factory is closed. Thread-safe.
 */
public final class InformerFactory implements AutoCloseable {

    private final ApiClient client;
    private final Backoff backoff;
    private final Map<Selected, Informer<ObjectMeta>> metadata = new HashMap<>();
    private final Map<Selected, Informer<CachedObject>> objects = new HashMap<>();
    private boolean closed;

    private record Selected(GroupVersionResource resource, ListOptions selection) {}

    /** Informers over this client. */
    public InformerFactory(ApiClient client, Backoff backoff) {
        this.client = client;
        this.backoff = backoff;
    }

    /** The metadata of all objects of a resource. */
    public synchronized Informer<ObjectMeta> metadata(GroupVersionResource resource) {
        return metadata.computeIfAbsent(
                new Selected(resource, ListOptions.ALL),
                selected ->
                        started(
                                new Informer<>(
                                        client.metadata(resource),
                                        selected.selection(),
                                        ObjectMeta::of,
                                        Map.of(),
                                        backoff)));
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
                _ ->
                        started(
                                new Informer<>(
                                        client.resource(resource),
                                        selection,
                                        CachedObject::of,
                                        Map.of(),
                                        backoff)));
    }

    /** Stops the informers of a resource, if there are any. */
    public synchronized void stop(GroupVersionResource resource) {
        metadata.entrySet().removeIf(entry -> stop(resource, entry.getKey(), entry.getValue()));
        objects.entrySet().removeIf(entry -> stop(resource, entry.getKey(), entry.getValue()));
    }

    /** Stops all informers; new ones will not start. */
    @Override
    public synchronized void close() {
        closed = true;
        metadata.values().forEach(Informer::close);
        objects.values().forEach(Informer::close);
    }

    private <T> Informer<T> started(Informer<T> informer) {
        if (closed) {
            informer.close();
        } else {
            informer.start();
        }
        return informer;
    }

    private static boolean stop(
            GroupVersionResource resource, Selected selected, Informer<?> informer) {
        boolean same = selected.resource().equals(resource);
        if (same) {
            informer.close();
        }
        return same;
    }
}
