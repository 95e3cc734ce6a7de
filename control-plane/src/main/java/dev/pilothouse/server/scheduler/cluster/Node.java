package dev.pilothouse.server.scheduler.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A node as the scheduler sees it: nothing that a heartbeat changes. Immutable.
 *
 * @param name its name
 * @param labels its labels
 * @param unschedulable whether it is cordoned
 * @param taints its taints
 * @param allocatable what it has for pods
 * @param maxPods how many pods it takes
 * @param images the images it has and their sizes in bytes
 */
public record Node(
        String name,
        Map<String, String> labels,
        boolean unschedulable,
        List<Taint> taints,
        Resources allocatable,
        long maxPods,
        Map<String, Long> images) {

    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final String REGION = "topology.kubernetes.io/region";

    /** Copies the collections. */
    public Node {
        labels = Map.copyOf(labels);
        taints = List.copyOf(taints);
        images = Map.copyOf(images);
    }

    /** Region and zone, or empty. */
    public String zone() {
        String zone = labels.getOrDefault(ZONE, "");
        String region = labels.getOrDefault(REGION, "");
        return zone.isEmpty() && region.isEmpty() ? "" : region + ":" + zone;
    }

    /** The same node with one label more or another value of it. */
    public Node withLabel(String key, String value) {
        Map<String, String> changed = new HashMap<>(labels);
        changed.put(key, value);
        return new Node(name, changed, unschedulable, taints, allocatable, maxPods, images);
    }

    /** The same node without a label. */
    public Node withoutLabel(String key) {
        Map<String, String> changed = new HashMap<>(labels);
        changed.remove(key);
        return new Node(name, changed, unschedulable, taints, allocatable, maxPods, images);
    }

    /** The same node without a taint. */
    public Node withoutTaint(Taint taint) {
        List<Taint> kept = taints.stream().filter(other -> !other.equals(taint)).toList();
        return new Node(name, labels, unschedulable, kept, allocatable, maxPods, images);
    }

    /** The same node, cordoned or not; the taint that says so comes and goes with it. */
    public Node withUnschedulable(boolean cordoned) {
        List<Taint> kept =
                taints.stream()
                        .filter(taint -> !taint.key().equals(Taint.UNSCHEDULABLE.key()))
                        .toList();
        return new Node(name, labels, cordoned, kept, allocatable, maxPods, images);
    }
}
