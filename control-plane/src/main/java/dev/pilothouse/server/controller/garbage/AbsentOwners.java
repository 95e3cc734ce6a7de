package dev.pilothouse.server.controller.garbage;

import dev.pilothouse.model.meta.OwnerReference;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Owners that are known to be gone, so that the thousandth dependent costs no look-up. A uid never
 * comes back. Thread-safe.
 */
final class AbsentOwners {

    private static final int CAPACITY = 500;

    private final Map<Absent, Boolean> recent =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Absent, Boolean> eldest) {
                    return size() > CAPACITY;
                }
            };

    private record Absent(String namespace, String group, String kind, String name, String uid) {}

    synchronized void add(String namespace, OwnerReference owner) {
        recent.put(key(namespace, owner), true);
    }

    synchronized boolean contains(String namespace, OwnerReference owner) {
        return recent.get(key(namespace, owner)) != null;
    }

    private static Absent key(String namespace, OwnerReference owner) {
        return new Absent(namespace, owner.gvk().group(), owner.kind(), owner.name(), owner.uid());
    }
}
