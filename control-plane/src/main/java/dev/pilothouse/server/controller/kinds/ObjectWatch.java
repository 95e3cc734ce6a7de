package dev.pilothouse.server.controller.kinds;

import dev.pilothouse.model.client.ApiResource;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.informer.Informer;
import dev.pilothouse.model.informer.InformerFactory;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.ObjectMeta;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Watches the metadata of all objects that can be deleted, of whichever kinds are served. Events of
 * core and of events.k8s.io are left out: they own nothing, belong to nobody, and are many. Source:
 * the garbage collector's DefaultIgnoredResources. Thread-safe.
 */
public final class ObjectWatch {

    private static final Set<GroupResource> IGNORED =
            Set.of(new GroupResource("", "events"), new GroupResource("events.k8s.io", "events"));

    private final ServedKinds kinds;
    private final InformerFactory informers;
    private final List<KindHandler> handlers = new CopyOnWriteArrayList<>();
    private final Map<GroupVersionResource, Watched> watched = new HashMap<>();

    private record Watched(ApiResource kind, Informer<ObjectMeta> informer) {}

    /** Watches what is served through informers that it shares with others. */
    public ObjectWatch(ServedKinds kinds, InformerFactory informers) {
        this.kinds = kinds;
        this.informers = informers;
    }

    /** Adds a handler; only before {@link #start}. */
    public void addHandler(KindHandler handler) {
        handlers.add(handler);
    }

    /** Starts to watch the kinds that are served now, and follows what is served. */
    public void start() {
        kinds.onChange(this::update);
        update();
    }

    /** Completes when the objects of all kinds watched now are known. */
    public synchronized CompletableFuture<@Nullable Void> synced() {
        return CompletableFuture.allOf(
                        watched.values().stream()
                                .map(entry -> entry.informer.synced())
                                .toArray(CompletableFuture[]::new))
                .thenApply(_ -> null);
    }

    /** Whether the deletion of objects of this kind is noticed. */
    public synchronized boolean watches(ApiResource kind) {
        return watched.containsKey(kind.resource());
    }

    /** Whether a namespace has no objects of a kind, as far as is known. */
    public boolean isEmpty(ApiResource kind, String namespace) {
        Watched entry;
        synchronized (this) {
            entry = watched.get(kind.resource());
        }
        return entry == null || entry.informer.lister().isEmpty(namespace);
    }

    private synchronized void update() {
        Set<GroupVersionResource> served = new HashSet<>();
        for (ApiResource kind : kinds.preferred()) {
            if (kind.can("list", "watch", "delete")
                    && !IGNORED.contains(kind.resource().groupResource())) {
                served.add(kind.resource());
                watched.computeIfAbsent(kind.resource(), _ -> watch(kind));
            }
        }
        watched.values()
                .removeIf(entry -> !served.contains(entry.kind.resource()) && forget(entry));
    }

    private Watched watch(ApiResource kind) {
        Informer<ObjectMeta> informer = informers.metadata(kind.resource());
        informer.addHandler(delta -> handlers.forEach(handler -> handler.onDelta(kind, delta)));
        return new Watched(kind, informer);
    }

    private boolean forget(Watched entry) {
        informers.stop(entry.kind.resource());
        for (ObjectMeta object : entry.informer.lister().all()) {
            handlers.forEach(handler -> handler.onDelta(entry.kind, new Delta.Deleted<>(object)));
        }
        return true;
    }
}
