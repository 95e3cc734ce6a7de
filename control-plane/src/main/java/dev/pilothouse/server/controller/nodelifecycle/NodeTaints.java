package dev.pilothouse.server.controller.nodelifecycle;

import dev.pilothouse.server.controller.nodes.NodeView;
import dev.pilothouse.server.controller.nodes.Taint;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which taints a node has because of its conditions. Source: pkg/controller/nodelifecycle,
 * nodeConditionToTaintKeyStatusMap.
 */
final class NodeTaints {

    private static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";
    private static final Map<String, Map<String, String>> BY_CONDITION =
            Map.of(
                    "Ready",
                    Map.of("False", Taint.NOT_READY, "Unknown", Taint.UNREACHABLE),
                    "MemoryPressure",
                    Map.of("True", "node.kubernetes.io/memory-pressure"),
                    "DiskPressure",
                    Map.of("True", "node.kubernetes.io/disk-pressure"),
                    "PIDPressure",
                    Map.of("True", "node.kubernetes.io/pid-pressure"),
                    "NetworkUnavailable",
                    Map.of("True", "node.kubernetes.io/network-unavailable"));
    private static final Set<String> KEYS = keys();

    private NodeTaints() {}

    /**
     * The taints that a node should have: those of others as they are, and ours.
     *
     * @param evicts whether pods may be evicted from the node now if it is lost
     * @param now the time at which new taints are added
     */
    static List<Taint> of(NodeView node, boolean evicts, String now) {
        List<Taint> taints = new ArrayList<>();
        Set<String> blocking = blocking(node);
        String evicting =
                BY_CONDITION.getOrDefault("Ready", Map.of()).getOrDefault(node.ready(), "");
        for (Taint taint : node.taints()) {
            boolean ours =
                    taint.effect().equals(Taint.NO_SCHEDULE) && KEYS.contains(taint.key())
                            || evicts(taint);
            boolean wanted =
                    taint.effect().equals(Taint.NO_SCHEDULE)
                            ? blocking.remove(taint.key())
                            : taint.key().equals(evicting);
            if (!ours || wanted) {
                taints.add(taint);
            }
        }
        blocking.forEach(key -> taints.add(new Taint(key, "", Taint.NO_SCHEDULE, now)));
        if (evicts
                && !evicting.isEmpty()
                && taints.stream().noneMatch(taint -> taint.is(evicting, Taint.NO_EXECUTE))) {
            taints.add(new Taint(evicting, "", Taint.NO_EXECUTE, now));
        }
        return taints;
    }

    /** The same when nothing is to be evicted at all. */
    static List<Taint> withoutEvictions(NodeView node, String now) {
        return of(node, false, now).stream().filter(taint -> !evicts(taint)).toList();
    }

    private static boolean evicts(Taint taint) {
        return taint.effect().equals(Taint.NO_EXECUTE)
                && (taint.key().equals(Taint.NOT_READY) || taint.key().equals(Taint.UNREACHABLE));
    }

    /** Whether the node is lost and its pods are not yet told to go. */
    static boolean wantsEviction(NodeView node) {
        String key = BY_CONDITION.getOrDefault("Ready", Map.of()).get(node.ready());
        return key != null && !node.hasTaint(key, Taint.NO_EXECUTE);
    }

    private static Set<String> blocking(NodeView node) {
        Set<String> keys = new LinkedHashSet<>();
        BY_CONDITION.forEach((condition, byStatus) -> {
            String key = byStatus.get(node.conditions().getOrDefault(condition, ""));
            if (key != null) {
                keys.add(key);
            }
        });
        if (node.unschedulable()) {
            keys.add(UNSCHEDULABLE);
        }
        return keys;
    }

    private static Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>(Set.of(UNSCHEDULABLE));
        BY_CONDITION.values().forEach(byStatus -> keys.addAll(byStatus.values()));
        return keys;
    }
}
