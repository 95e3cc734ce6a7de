package dev.pilothouse.server.kubelet.runtime.simulated;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Keeps one copy of equal values. Forgets all of them when there are very many, which costs memory
 * but is never wrong. Thread-safe.
 *
 * @param <T> immutable, with equals
 */
final class Shared<T> implements UnaryOperator<T> {

    private static final int MOST = 10_000;

    private final ConcurrentHashMap<T, T> values = new ConcurrentHashMap<>();

    @Override
    public T apply(T value) {
        T known = values.get(value);
        if (known != null) {
            return known;
        }
        if (values.size() >= MOST) {
            values.clear();
        }
        T earlier = values.putIfAbsent(value, value);
        return earlier == null ? value : earlier;
    }
}
