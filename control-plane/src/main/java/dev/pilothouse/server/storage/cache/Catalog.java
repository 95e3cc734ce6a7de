package dev.pilothouse.server.storage.cache;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import java.util.concurrent.ConcurrentHashMap;

/** Numbers the resources in order of first use, and shares equal parts of keys. Thread-safe. */
final class Catalog {

    private record Entry(GroupResource resource, int number) {}

    private final ConcurrentHashMap<GroupResource, Entry> entries = new ConcurrentHashMap<>();

    /** The number of a resource, from 0. */
    int number(GroupResource resource) {
        return entry(resource).number();
    }

    /** An equal key that shares its resource and namespace with others. */
    ObjectKey canonical(ObjectKey key) {
        return new ObjectKey(
                entry(key.resource()).resource(), key.namespace().intern(), key.name());
    }

    private Entry entry(GroupResource resource) {
        Entry entry = entries.get(resource);
        return entry != null ? entry : add(resource);
    }

    private synchronized Entry add(GroupResource resource) {
        Entry known = entries.get(resource);
        if (known != null) {
            return known;
        }
        Entry entry = new Entry(resource, entries.size());
        entries.put(resource, entry);
        return entry;
    }
}
