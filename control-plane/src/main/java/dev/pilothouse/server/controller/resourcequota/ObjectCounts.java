package dev.pilothouse.server.controller.resourcequota;

import dev.pilothouse.model.client.ApiResource;
import dev.pilothouse.model.informer.Delta;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectMeta;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many objects of each resource there are in each namespace. Thread-safe. */
final class ObjectCounts {

    private final Map<Place, Long> counts = new ConcurrentHashMap<>();

    private record Place(String namespace, GroupResource resource) {}

    /** Counts a change; returns whether the number has changed. */
    boolean apply(ApiResource kind, Delta<ObjectMeta> delta) {
        int by =
                switch (delta) {
                    case Delta.Added<ObjectMeta> _ -> 1;
                    case Delta.Deleted<ObjectMeta> _ -> -1;
                    case Delta.Updated<ObjectMeta> _ -> 0;
                };
        if (by == 0 || delta.object().namespace().isEmpty()) {
            return false;
        }
        Place place = new Place(delta.object().namespace(), kind.resource().groupResource());
        counts.merge(place, (long) by, (a, b) -> a + b == 0 ? null : a + b);
        return true;
    }

    long of(String namespace, GroupResource resource) {
        return counts.getOrDefault(new Place(namespace, resource), 0L);
    }
}
