package dev.pilothouse.server.kubelet.runtime.simulated;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is made when it is first needed. Thread-safe.
 *
 * @param <T> the value
 */
final class Late<T> implements Supplier<T> {

    private final Supplier<T> maker;
    private volatile @Nullable T value;

    Late(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public T get() {
        T made = value;
        return made == null ? make() : made;
    }

    private synchronized T make() {
        T made = value;
        if (made == null) {
            made = maker.get();
            value = made;
        }
        return made;
    }
}
