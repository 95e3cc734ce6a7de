package dev.pilothouse.server.scheduler.decision;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last attempt to place each waiting pod, and the last attempts that found a node. Thread-safe.
 */
public final class DecisionLog {

    private static final int KEPT = 2000;

    private final Map<String, Attempt> waiting = new HashMap<>();
    private final Map<String, Attempt> placed = new LinkedHashMap<>();

    /** Empty. */
    public DecisionLog() {}

    /** Keeps an attempt in place of earlier ones of the pod. */
    public synchronized void add(Attempt attempt) {
        String key = attempt.pod().key();
        waiting.remove(key);
        placed.remove(key);
        if (attempt.node().isEmpty()) {
            waiting.put(key, attempt);
            return;
        }
        placed.put(key, attempt);
        if (placed.size() > KEPT) {
            placed.remove(placed.keySet().iterator().next());
        }
    }

    /** The pod of that uid is gone. */
    public synchronized void forget(String key, String uid) {
        remove(waiting, key, uid);
        remove(placed, key, uid);
    }

    /** The last attempt to place a pod, or null. */
    public synchronized @Nullable Attempt find(String namespace, String name) {
        String key = namespace + "/" + name;
        Attempt attempt = waiting.get(key);
        return attempt == null ? placed.get(key) : attempt;
    }

    private static void remove(Map<String, Attempt> attempts, String key, String uid) {
        Attempt attempt = attempts.get(key);
        if (attempt != null && attempt.pod().uid().equals(uid)) {
            attempts.remove(key);
        }
    }
}
