package dev.pilothouse.server.scheduler.cluster;

import java.lang.ref.WeakReference;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives one instance for all that are equal, as long as somebody holds it. Thread-safe.
 *
 * @param <T> immutable, with equals
 */
final class Interner<T> {

    private final WeakHashMap<T, WeakReference<T>> known = new WeakHashMap<>();

    synchronized T intern(T value) {
        WeakReference<T> reference = known.get(value);
        @Nullable T first = reference == null ? null : reference.get();
        if (first != null) {
            return first;
        }
        known.put(value, new WeakReference<>(value));
        return value;
    }
}
