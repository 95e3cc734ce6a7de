package dev.pilothouse.server.scheduler.placement;

import dev.pilothouse.server.scheduler.cluster.PodInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** For which waiting pods room is being made, and where. Thread-safe. */
public final class Nominations {

    private final Map<String, PodInfo> byUid = new HashMap<>();
    private volatile int size;
    private volatile long version; // written under the lock only

    /** None yet. */
    public Nominations() {}

    /** Room is being made for a pod on a node. */
    public synchronized void put(PodInfo pod, String node) {
        byUid.put(pod.uid(), pod.on(node));
        changed();
    }

    /** No room is being made any more. */
    public synchronized void remove(String uid) {
        if (byUid.remove(uid) != null) {
            changed();
        }
    }

    /** Where room is being made for a pod, or empty. */
    public synchronized String nodeOf(String uid) {
        PodInfo pod = byUid.get(uid);
        return pod == null ? "" : pod.node();
    }

    /**
     * Pods for which room is made on a node, of a priority at least that of a pod, but not itself.
     */
    public List<PodInfo> before(PodInfo pod, String node) {
        return size == 0 ? List.of() : find(pod, node, pod.priority(), Integer.MAX_VALUE);
    }

    /** Pods for which room is made on a node, of a priority lower than that of a pod. */
    public List<PodInfo> after(PodInfo pod, String node) {
        return size == 0 ? List.of() : find(pod, node, Integer.MIN_VALUE, pod.priority() - 1);
    }

    /** A number that changes whenever something changes. */
    long version() {
        return version;
    }

    private synchronized List<PodInfo> find(PodInfo pod, String node, int least, int most) {
        List<PodInfo> found = new ArrayList<>();
        for (PodInfo other : byUid.values()) {
            if (other.node().equals(node)
                    && other.priority() >= least
                    && other.priority() <= most
                    && !other.uid().equals(pod.uid())) {
                found.add(other);
            }
        }
        return found;
    }

    private void changed() {
        size = byUid.size();
        version++;
    }
}
