package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.server.scheduler.cluster.AffinityTerm;
import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How many of the pods that belong together are on each node and in each domain. Follows the
 * cluster from snapshot to snapshot, which costs as much as differs between them and not as much as
 * there is. Not thread-safe.
 */
final class PodCounts {

    /** So many ways to divide the nodes into domains are kept. */
    private static final int KEPT = 8;

    private static final int[] NONE = {};

    private final Group group;
    private Snapshot seen = Snapshot.EMPTY;
    private int[] onNode = NONE;
    private int grown;
    private final Consumer<PodInfo> gone = pod -> grown -= weight(pod);
    private final Consumer<PodInfo> come = pod -> grown += weight(pod);
    private final Map<Domains, Totals> totals = new LinkedHashMap<>(16, 0.75f, true);

    /** Pods that belong together; two that are equal have the same pods, always. */
    sealed interface Group {

        /** Whether a pod is one of them. */
        boolean has(PodInfo pod);
    }

    /**
     * Pods that are spread together: of one namespace, alive, and selected.
     *
     * @param namespace where they live
     * @param selector selects them; null selects none
     */
    record Spread(String namespace, @Nullable LabelSelector selector) implements Group {

        @Override
        public boolean has(PodInfo pod) {
            return selector != null
                    && pod.state() == PodInfo.State.ACTIVE
                    && pod.namespace().equals(namespace)
                    && selector.matches(pod.shape().labels()::get);
        }
    }

    /**
     * Pods that terms mean, whatever state they are in.
     *
     * @param terms all of which must match; none may select namespaces by their labels, which
     *     change without the pods
     */
    record Meant(List<AffinityTerm> terms) implements Group {

        @Override
        public boolean has(PodInfo pod) {
            for (AffinityTerm term : terms) {
                if (!term.matches(pod.shape(), _ -> Map.of())) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Of each domain, how many nodes it has and how many pods. */
    private record Totals(Domains domains, Map<String, int[]> byDomain) {

        void add(Node node, int nodes, int pods) {
            String domain = domains.of(node);
            if (domain == null) {
                return;
            }
            int[] total = byDomain.computeIfAbsent(domain, _ -> new int[2]);
            total[0] += nodes;
            total[1] += pods;
            if (total[0] == 0) {
                byDomain.remove(domain);
            }
        }
    }

    PodCounts(Group group) {
        this.group = group;
    }

    Group group() {
        return group;
    }

    /** Goes on to another snapshot, which may also be an earlier one. */
    void follow(Snapshot now) {
        if (now.sameNodes(seen)) {
            now.differences(seen, this::change);
        } else {
            recount(now);
        }
        seen = now;
    }

    /** The nodes are others or stand elsewhere; what was counted on those that stay is kept. */
    private void recount(Snapshot now) {
        int[] counted = new int[now.size()];
        for (int i = 0; i < counted.length; i++) {
            NodeInfo info = now.at(i);
            int before = seen.position(info.name());
            counted[i] = before < 0 ? count(info) : onNode[before] + growth(seen.at(before), info);
        }
        onNode = counted;
        totals.clear();
    }

    private void change(int position, NodeInfo before, NodeInfo now) {
        int had = onNode[position];
        int has = had + growth(before, now);
        onNode[position] = has;
        boolean same = before.node().equals(now.node());
        for (Totals total : totals.values()) {
            if (same) {
                total.add(now.node(), 0, has - had);
            } else {
                total.add(before.node(), -1, -had);
                total.add(now.node(), 1, has);
            }
        }
    }

    /** How many more there are now; only pods that came or went are looked at. */
    private int growth(NodeInfo before, NodeInfo now) {
        grown = 0;
        now.changes(before, gone, come);
        return grown;
    }

    private int count(NodeInfo info) {
        int count = 0;
        for (int i = 0; i < info.podCount(); i++) {
            count += weight(info.podAt(i));
        }
        return count;
    }

    private int weight(PodInfo pod) {
        return group.has(pod) ? 1 : 0;
    }

    /** The number on each node by its position in the snapshot; to be changed by the caller. */
    int[] onNodes() {
        return onNode.clone();
    }

    /** The number in each domain that has a node; to be changed by the caller. */
    Map<String, Integer> inDomains(Domains domains) {
        Totals known = totals(domains);
        Map<String, Integer> copy = HashMap.newHashMap(known.byDomain().size());
        known.byDomain().forEach((domain, total) -> copy.put(domain, total[1]));
        return copy;
    }

    /** Adds the numbers to those of the domains of one label, multiplied. */
    void addTo(TopologyCounts counts, String key, int by) {
        totals(Domains.ofAll(key))
                .byDomain()
                .forEach((domain, total) -> counts.add(key, domain, (long) total[1] * by));
    }

    private Totals totals(Domains domains) {
        Totals known = totals.get(domains);
        if (known == null) {
            known = new Totals(domains, new HashMap<>());
            for (int i = 0; i < onNode.length; i++) {
                known.add(seen.at(i).node(), 1, onNode[i]);
            }
            totals.put(domains, known);
            if (totals.size() > KEPT) {
                totals.remove(totals.keySet().iterator().next());
            }
        }
        return known;
    }
}
