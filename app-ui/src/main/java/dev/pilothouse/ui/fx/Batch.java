package dev.pilothouse.ui.fx;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Changes on their way to the screen: merged per key, handed over together, one hand-over pending
 * at a time. However fast changes come, the screen gets the last one of each key once per turn.
 * Thread-safe; the receiver runs on the executor.
 *
 * @param <V> the changes
 */
public final class Batch<V> {

    private final Executor executor;
    private final Consumer<Map<String, V>> receiver;
    private Map<String, V> pending = new LinkedHashMap<>();

    /** Hands over to a receiver on an executor, normally {@link FxHop}. */
    public Batch(Executor executor, Consumer<Map<String, V>> receiver) {
        this.executor = executor;
        this.receiver = receiver;
    }

    /** Takes a change in place of an earlier one of the same key. */
    public void put(String key, V change) {
        put(key, change, false);
    }

    /** Takes a change that makes all that are still pending void. */
    public void clearAndPut(String key, V change) {
        put(key, change, true);
    }

    private void put(String key, V change, boolean clear) {
        boolean first;
        synchronized (this) {
            first = pending.isEmpty();
            if (clear) {
                pending.clear();
            }
            pending.put(key, change);
        }
        if (first) {
            executor.execute(this::handOver);
        }
    }

    private void handOver() {
        Map<String, V> changes;
        synchronized (this) {
            changes = pending;
            pending = new LinkedHashMap<>();
        }
        receiver.accept(changes);
    }
}
