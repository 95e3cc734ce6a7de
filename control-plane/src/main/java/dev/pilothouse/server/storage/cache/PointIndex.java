package dev.pilothouse.server.storage.cache;

import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.storage.StoreEvent;
import dev.pilothouse.server.storage.StoredObject;
import dev.pilothouse.server.storage.WriteRequest.Type;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The present objects by key. Descending {@link ObjectMap}'s tree for one object costs some fifty
 * reads of cold memory when there are many objects; this costs a handful.
 *
 * <p>It follows the state: the writer first publishes a state, then brings this up to it. So what
 * is found here is never newer than the published state, and whoever finds that this is behind the
 * state asks the state.
 */
final class PointIndex {

    private final ConcurrentHashMap<ObjectKey, StoredObject> objects;
    private volatile long revision;

    /** Takes all objects of a state. */
    PointIndex(State state) {
        int size = 0;
        for (ObjectMap map : state.maps()) {
            size += map.size();
        }
        objects = new ConcurrentHashMap<>(Math.max(16, size));
        for (ObjectMap map : state.maps()) {
            map.iterate("", null, null)
                    .forEachRemaining(object -> objects.put(object.key(), object));
        }
        revision = state.revision();
    }

    /** Everything up to this revision is here. */
    long revision() {
        return revision;
    }

    @Nullable StoredObject get(ObjectKey key) {
        return objects.get(key);
    }

    /** Follows a state that has been published. By one thread. */
    void apply(List<StoreEvent> events, long upTo) {
        for (StoreEvent event : events) {
            StoredObject object = event.object();
            if (event.type() == Type.DELETE) {
                objects.remove(object.key());
            } else {
                objects.put(object.key(), object);
            }
        }
        revision = upTo;
    }
}
