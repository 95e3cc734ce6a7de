package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.Node;
import java.util.HashMap;
import java.util.Map;

/** Numbers by the value that nodes have for a label. Not thread-safe. */
final class TopologyCounts {

    private final Map<String, Map<String, Long>> counts = new HashMap<>();

    /** Adds to the domain of a node; nothing happens when it has no such label. */
    void add(Node node, String key, long by) {
        String value = node.labels().get(key);
        if (value != null) {
            add(key, value, by);
        }
    }

    /** Adds to a domain. */
    void add(String key, String value, long by) {
        if (by == 0) {
            return;
        }
        Map<String, Long> domains = counts.computeIfAbsent(key, _ -> new HashMap<>());
        if (domains.merge(value, by, Long::sum) == 0) {
            domains.remove(value);
            if (domains.isEmpty()) {
                counts.remove(key);
            }
        }
    }

    /** The number of the domain of a node. */
    long of(Node node, String key) {
        Map<String, Long> domains = counts.get(key);
        String value = domains == null ? null : node.labels().get(key);
        return domains == null || value == null ? 0 : domains.getOrDefault(value, 0L);
    }

    /** Whether any label of a node has a number above zero. */
    boolean anyAboveZero(Node node) {
        for (String key : counts.keySet()) {
            if (of(node, key) > 0) {
                return true;
            }
        }
        return false;
    }

    /** The numbers of all labels of a node together. */
    long sum(Node node) {
        long sum = 0;
        for (String key : counts.keySet()) {
            sum += of(node, key);
        }
        return sum;
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    /** Adds all of these, multiplied. */
    void addAll(TopologyCounts more, long by) {
        more.counts.forEach(
                (key, domains) -> domains.forEach((value, count) -> add(key, value, count * by)));
    }

    TopologyCounts copy() {
        TopologyCounts copy = new TopologyCounts();
        counts.forEach((key, domains) -> copy.counts.put(key, new HashMap<>(domains)));
        return copy;
    }
}
