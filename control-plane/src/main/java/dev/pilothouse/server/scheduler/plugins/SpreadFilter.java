package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodShape;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.cluster.SpreadConstraint;
import dev.pilothouse.server.scheduler.framework.NodeFilter;
import dev.pilothouse.server.scheduler.framework.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Refuses nodes on which the pod would make its domain fuller than its constraints allow. */
public final class SpreadFilter implements NodeFilter {

    private static final Status SKEWED =
            Status.unschedulable(
                    PodTopologySpread.NAME, "node(s) didn't match pod topology spread constraints");
    private static final Status NO_LABEL =
            Status.unresolvable(
                    PodTopologySpread.NAME,
                    "node(s) didn't match pod topology spread constraints (missing required label)");

    private final PodShape pod;
    private final List<SpreadConstraint> constraints;
    private final List<Domains> domains;
    private final List<Map<String, Integer>> counts;

    /** What the emptiest domain of each constraint has, or -1 when it must be looked for again. */
    private final int[] least;

    private SpreadFilter(
            PodShape pod,
            List<SpreadConstraint> constraints,
            List<Domains> domains,
            List<Map<String, Integer>> counts) {
        this.pod = pod;
        this.constraints = constraints;
        this.domains = domains;
        this.counts = counts;
        this.least = new int[constraints.size()];
        Arrays.fill(least, -1);
    }

    static SpreadFilter of(
            PodShape pod,
            List<SpreadConstraint> constraints,
            GroupCounts known,
            Snapshot snapshot) {
        List<Domains> domains = new ArrayList<>();
        List<Map<String, Integer>> counts = new ArrayList<>();
        for (SpreadConstraint constraint : constraints) {
            Domains own = Domains.of(pod, constraint, constraints);
            domains.add(own);
            counts.add(known.inDomains(pod, constraint, own, snapshot));
        }
        return new SpreadFilter(pod, constraints, domains, counts);
    }

    @Override
    public Status check(NodeInfo info) {
        for (int i = 0; i < constraints.size(); i++) {
            SpreadConstraint constraint = constraints.get(i);
            String domain = info.node().labels().get(constraint.topologyKey());
            if (domain == null) {
                return NO_LABEL;
            }
            if (skew(i, domain) > constraint.maxSkew()) {
                return SKEWED;
            }
        }
        return Status.SUCCESS;
    }

    private int skew(int constraint, String domain) {
        int self = constraints.get(constraint).counts(pod) ? 1 : 0;
        return counts.get(constraint).getOrDefault(domain, 0) + self - least(constraint);
    }

    /** How many pods the emptiest domain has. */
    private int least(int constraint) {
        if (least[constraint] < 0) {
            least[constraint] = findLeast(constraint);
        }
        return least[constraint];
    }

    private int findLeast(int constraint) {
        Map<String, Integer> domains = counts.get(constraint);
        if (domains.size() < constraints.get(constraint).minDomains()) {
            return 0;
        }
        int fewest = Integer.MAX_VALUE;
        for (int count : domains.values()) {
            fewest = Math.min(fewest, count);
        }
        return domains.isEmpty() ? 0 : fewest;
    }

    /**
     * How uneven the pod would make its domain of each constraint; empty when the node has no place
     * in one of them.
     */
    public List<Integer> skews(NodeInfo info) {
        List<Integer> skews = new ArrayList<>();
        for (int i = 0; i < constraints.size(); i++) {
            String domain = info.node().labels().get(constraints.get(i).topologyKey());
            if (domain == null) {
                return List.of();
            }
            skews.add(skew(i, domain));
        }
        return skews;
    }

    /** What must hold. */
    public List<SpreadConstraint> constraints() {
        return constraints;
    }

    @Override
    public Scope scope() {
        return Scope.CLUSTER;
    }

    @Override
    public void podAdded(PodInfo added, NodeInfo node) {
        change(added, node.node(), 1);
    }

    @Override
    public void podRemoved(PodInfo removed, NodeInfo node) {
        change(removed, node.node(), -1);
    }

    private void change(PodInfo other, Node node, int by) {
        for (int i = 0; i < constraints.size(); i++) {
            if (isCounted(pod, constraints.get(i), other)) {
                String domain = domains.get(i).of(node);
                if (domain != null) {
                    counts.get(i).merge(domain, by, Integer::sum);
                    least[i] = -1;
                }
            }
        }
    }

    @Override
    public NodeFilter copy() {
        List<Map<String, Integer>> copies = new ArrayList<>();
        counts.forEach(domains -> copies.add(new HashMap<>(domains)));
        return new SpreadFilter(pod, constraints, domains, copies);
    }

    static boolean hasAllKeys(Node node, List<SpreadConstraint> constraints) {
        for (SpreadConstraint constraint : constraints) {
            if (!node.labels().containsKey(constraint.topologyKey())) {
                return false;
            }
        }
        return true;
    }

    static boolean isCounted(PodShape pod, SpreadConstraint constraint, PodInfo other) {
        return other.state() == PodInfo.State.ACTIVE
                && other.namespace().equals(pod.namespace())
                && constraint.counts(other.shape());
    }
}
