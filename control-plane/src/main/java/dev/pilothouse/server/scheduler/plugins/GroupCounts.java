package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.AffinityTerm;
import dev.pilothouse.server.scheduler.cluster.PodShape;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.cluster.SpreadConstraint;
import dev.pilothouse.server.scheduler.plugins.PodCounts.Group;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The counts of pods that were asked for lately, so that counting for another pod of an application
 * costs as much as has changed since. Bounded in number and, so that no old snapshot is held for
 * long, by how many other questions have come since the last of its kind. Thread-safe.
 */
final class GroupCounts {

    private static final int KEPT = 256;
    private static final int FORGOTTEN_AFTER = 1_000;

    private final Map<Group, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long asked;

    private static final class Kept {
        private final PodCounts counts;
        private long last;

        Kept(PodCounts counts) {
            this.counts = counts;
        }
    }

    /**
     * How many pods a constraint counts in each domain of the nodes that matter to it. The caller
     * may change the answer.
     */
    synchronized Map<String, Integer> inDomains(
            PodShape pod, SpreadConstraint constraint, Domains domains, Snapshot snapshot) {
        return at(group(pod, constraint), snapshot).inDomains(domains);
    }

    /**
     * How many pods a constraint counts on each node, by the node's position. The caller may change
     * the answer.
     */
    synchronized int[] onNodes(PodShape pod, SpreadConstraint constraint, Snapshot snapshot) {
        return at(group(pod, constraint), snapshot).onNodes();
    }

    /** Adds how many pods all these terms mean, in the domains of a label and multiplied. */
    synchronized void addTo(
            TopologyCounts counts,
            List<AffinityTerm> terms,
            String topologyKey,
            int by,
            Snapshot snapshot) {
        at(new PodCounts.Meant(terms), snapshot).addTo(counts, topologyKey, by);
    }

    private static Group group(PodShape pod, SpreadConstraint constraint) {
        return new PodCounts.Spread(pod.namespace(), constraint.selector());
    }

    private PodCounts at(Group group, Snapshot snapshot) {
        Kept found = kept.computeIfAbsent(group, key -> new Kept(new PodCounts(key)));
        found.last = ++asked;
        Iterator<Kept> oldest = kept.values().iterator();
        if (kept.size() > KEPT || asked - oldest.next().last > FORGOTTEN_AFTER) {
            kept.remove(kept.values().iterator().next().counts.group());
        }
        found.counts.follow(snapshot);
        return found.counts;
    }
}
