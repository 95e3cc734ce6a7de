package dev.pilothouse.server.scheduler.cluster;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All nodes with the pods on them, those included for which a node has been chosen but not yet
 * written. Thread-safe. Source: pkg/scheduler/backend/cache.
 */
public final class ClusterCache {

    private final Map<String, NodeInfo> nodes = new LinkedHashMap<>();

    /** Pods on nodes that are not known, or not yet. */
    private final Map<String, Map<String, PodInfo>> homeless = new HashMap<>();

    private final Map<String, Placed> pods = new HashMap<>();
    private Snapshot snapshot = Snapshot.EMPTY;
    private boolean reorder;

    /** A pod as it counts on its node, as it was seen last, and whether that is only assumed. */
    private record Placed(PodInfo counted, PodInfo latest, boolean assumed) {}

    /** What has become of a pod on a node. */
    public enum Change {
        /** It has come, or what was assumed is confirmed. */
        PLACED,
        /** It takes up something else, or has other labels. */
        CHANGED,
        /** Nothing that matters for others. */
        NONE
    }

    /** Without nodes. */
    public ClusterCache() {}

    /** All nodes and pods as they are now; costs nothing. */
    public synchronized Snapshot snapshot() {
        if (reorder) {
            snapshot = Snapshot.of(nodes.values());
            reorder = false;
        }
        return snapshot;
    }

    /** A node is there, or has changed. */
    public synchronized void putNode(Node node) {
        NodeInfo before = nodes.get(node.name());
        if (before == null) {
            NodeInfo info = new NodeInfo(node);
            Map<String, PodInfo> waiting = homeless.remove(node.name());
            if (waiting != null) {
                for (PodInfo pod : waiting.values()) {
                    info = info.with(pod);
                }
            }
            nodes.put(node.name(), info);
            reorder = true;
            return;
        }
        reorder |= !before.node().zone().equals(node.zone());
        reorder |= !before.node().images().keySet().equals(node.images().keySet());
        put(before.withNode(node));
    }

    /** A node has gone; its pods may still be there for a while. */
    public synchronized void removeNode(String name) {
        NodeInfo gone = nodes.remove(name);
        if (gone != null) {
            gone.pods().forEach(pod -> homeless(name).put(pod.uid(), pod));
            reorder = true;
        }
    }

    /** A pod is on the node that it names. */
    public synchronized Change putPod(PodInfo pod) {
        Placed known = pods.get(pod.uid());
        if (known == null) {
            pods.put(pod.uid(), new Placed(pod, pod, false));
            attach(pod);
            return Change.PLACED;
        }
        PodInfo counted = known.counted();
        boolean same =
                counted.node().equals(pod.node())
                        && counted.state() == pod.state()
                        && counted.shape().equals(pod.shape());
        pods.put(pod.uid(), new Placed(same ? counted : pod, pod, false));
        if (same) {
            return known.assumed() ? Change.PLACED : Change.NONE;
        }
        detach(counted);
        attach(pod);
        return known.assumed() ? Change.PLACED : Change.CHANGED;
    }

    /** A pod counts no more; returns it as it was, or null when it was not there. */
    public synchronized @Nullable PodInfo removePod(String uid) {
        Placed gone = pods.remove(uid);
        if (gone == null) {
            return null;
        }
        detach(gone.counted());
        return gone.latest();
    }

    /** A node has been chosen for a pod, and will be written. */
    public synchronized void assume(PodInfo pod) {
        if (pods.putIfAbsent(pod.uid(), new Placed(pod, pod, true)) == null) {
            attach(pod);
        }
    }

    /** What was assumed has not come about; false when it was confirmed, or has gone, meanwhile. */
    public synchronized boolean forget(PodInfo pod) {
        Placed known = pods.get(pod.uid());
        if (known == null || !known.assumed()) {
            return false;
        }
        pods.remove(pod.uid());
        detach(known.counted());
        return true;
    }

    /** Whether a pod counts on a node, as confirmed or as assumed. */
    public synchronized boolean isPlaced(String uid) {
        return pods.containsKey(uid);
    }

    /** A placed pod as it was seen last, or null. */
    public synchronized @Nullable PodInfo latest(String uid) {
        Placed placed = pods.get(uid);
        return placed == null ? null : placed.latest();
    }

    /** The pods on a node as they were seen last. */
    public synchronized List<PodInfo> latestOn(String node) {
        NodeInfo info = nodes.get(node);
        Collection<PodInfo> counted = info == null ? List.of() : info.pods();
        return counted.stream()
                .map(pod -> {
                    Placed placed = pods.get(pod.uid());
                    return placed == null ? pod : placed.latest();
                })
                .toList();
    }

    private void attach(PodInfo pod) {
        NodeInfo node = nodes.get(pod.node());
        if (node == null) {
            homeless(pod.node()).put(pod.uid(), pod);
        } else {
            put(node.with(pod));
        }
    }

    private void detach(PodInfo pod) {
        NodeInfo node = nodes.get(pod.node());
        if (node != null) {
            put(node.without(pod.uid()));
            return;
        }
        Map<String, PodInfo> others = homeless.get(pod.node());
        if (others != null) {
            others.remove(pod.uid());
            if (others.isEmpty()) {
                homeless.remove(pod.node());
            }
        }
    }

    private void put(NodeInfo node) {
        nodes.put(node.name(), node);
        if (!reorder) {
            snapshot = snapshot.with(snapshot.position(node.name()), node);
        }
    }

    private Map<String, PodInfo> homeless(String node) {
        return homeless.computeIfAbsent(node, _ -> new HashMap<>());
    }
}
