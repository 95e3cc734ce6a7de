package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodShape;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.cluster.SpreadConstraint;
import dev.pilothouse.server.scheduler.framework.NodeScorer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prefers nodes in emptier domains. Source: plugins/podtopologyspread/scoring.go. */
final class SpreadScorer implements NodeScorer {

    static final String HOSTNAME = "kubernetes.io/hostname";
    private static final long IGNORED = -1;

    private final PodShape pod;
    private final List<SpreadConstraint> constraints;
    private final boolean needsAllKeys;
    private final double[] weights;

    /** Pods by domain; empty for constraints of single nodes, which are counted on the node. */
    private final List<Map<String, Integer>> counts = new ArrayList<>();

    /** A node's pods change only with the node itself. */
    private final Map<NodeInfo, int[]> onNode = new IdentityHashMap<>();

    private SpreadScorer(PodShape pod, List<SpreadConstraint> constraints, boolean needsAllKeys) {
        this.pod = pod;
        this.constraints = constraints;
        this.needsAllKeys = needsAllKeys;
        this.weights = new double[constraints.size()];
    }

    static SpreadScorer of(
            PodShape pod,
            List<SpreadConstraint> constraints,
            boolean needsAllKeys,
            Snapshot snapshot) {
        SpreadScorer scorer = new SpreadScorer(pod, constraints, needsAllKeys);
        constraints.forEach(_ -> scorer.counts.add(new HashMap<>()));
        boolean wide = constraints.stream().anyMatch(constraint -> !isOfNodes(constraint));
        for (int i = 0; wide && i < snapshot.size(); i++) {
            scorer.count(snapshot.at(i));
        }
        return scorer;
    }

    /** The more domains there are among the nodes that can take the pod, the more weight. */
    @Override
    public void feasible(List<NodeInfo> nodes) {
        for (int i = 0; i < constraints.size(); i++) {
            SpreadConstraint constraint = constraints.get(i);
            boolean ofNodes = isOfNodes(constraint);
            Set<String> domains = new HashSet<>();
            int rated = 0;
            for (NodeInfo info : nodes) {
                if (isRated(info.node())) {
                    rated++;
                    String domain =
                            ofNodes ? null : info.node().labels().get(constraint.topologyKey());
                    if (domain != null) {
                        domains.add(domain);
                    }
                }
            }
            weights[i] = Math.log((ofNodes ? rated : domains.size()) + 2.0);
        }
        onNode.clear();
    }

    private void count(NodeInfo info) {
        if (!isRated(info.node())) {
            return;
        }
        for (int i = 0; i < constraints.size(); i++) {
            SpreadConstraint constraint = constraints.get(i);
            if (!isOfNodes(constraint) && SpreadFilter.includes(pod, constraint, info.node())) {
                add(i, info.node(), SpreadFilter.matching(pod, constraint, info));
            }
        }
    }

    private void add(int constraint, Node node, int by) {
        String domain = node.labels().get(constraints.get(constraint).topologyKey());
        if (domain != null && by != 0) {
            counts.get(constraint).merge(domain, by, Integer::sum);
        }
    }

    @Override
    public long score(NodeInfo info) {
        if (!isRated(info.node())) {
            return IGNORED;
        }
        double score = 0;
        for (int i = 0; i < constraints.size(); i++) {
            SpreadConstraint constraint = constraints.get(i);
            String domain = info.node().labels().get(constraint.topologyKey());
            if (domain != null) {
                int count =
                        isOfNodes(constraint)
                                ? countOn(info, i)
                                : counts.get(i).getOrDefault(domain, 0);
                score += count * weights[i] + (constraint.maxSkew() - 1);
            }
        }
        return Math.round(score);
    }

    private int countOn(NodeInfo info, int constraint) {
        int[] known = onNode.get(info);
        if (known == null) {
            known = new int[constraints.size()];
            for (int i = 0; i < known.length; i++) {
                if (isOfNodes(constraints.get(i))) {
                    known[i] = SpreadFilter.matching(pod, constraints.get(i), info);
                }
            }
            onNode.put(info, known);
        }
        return known[constraint];
    }

    @Override
    public void normalize(long[] scores, int count) {
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < count; i++) {
            if (scores[i] != IGNORED) {
                least = Math.min(least, scores[i]);
                most = Math.max(most, scores[i]);
            }
        }
        for (int i = 0; i < count; i++) {
            if (scores[i] == IGNORED) {
                scores[i] = 0;
            } else {
                scores[i] = most == 0 ? MAX : MAX * (most + least - scores[i]) / most;
            }
        }
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public void podAdded(PodInfo added, NodeInfo node) {
        change(added, node, 1);
    }

    @Override
    public void podRemoved(PodInfo removed, NodeInfo node) {
        change(removed, node, -1);
    }

    private void change(PodInfo other, NodeInfo info, int by) {
        if (!SpreadFilter.isCountable(pod, other) || !isRated(info.node())) {
            return;
        }
        for (int i = 0; i < constraints.size(); i++) {
            SpreadConstraint constraint = constraints.get(i);
            if (!isOfNodes(constraint)
                    && constraint.counts(other.shape())
                    && SpreadFilter.includes(pod, constraint, info.node())) {
                add(i, info.node(), by);
            }
        }
    }

    private boolean isRated(Node node) {
        return !needsAllKeys || SpreadFilter.hasAllKeys(node, constraints);
    }

    private static boolean isOfNodes(SpreadConstraint constraint) {
        return constraint.topologyKey().equals(HOSTNAME);
    }
}
