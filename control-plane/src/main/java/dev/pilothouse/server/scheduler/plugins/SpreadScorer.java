package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodShape;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.cluster.SpreadConstraint;
import dev.pilothouse.server.scheduler.framework.NodeScorer;
import java.util.ArrayList;
import java.util.HashSet;
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
    private final Snapshot snapshot;
    private final double[] weights;
    private final List<Counted> counts = new ArrayList<>();

    /** What a constraint counts: by domain, or by the positions of nodes. */
    private sealed interface Counted {

        record ByDomain(Domains domains, Map<String, Integer> pods) implements Counted {}

        record ByNode(int[] pods) implements Counted {}
    }

    private SpreadScorer(
            PodShape pod,
            List<SpreadConstraint> constraints,
            boolean needsAllKeys,
            Snapshot snapshot) {
        this.pod = pod;
        this.constraints = constraints;
        this.needsAllKeys = needsAllKeys;
        this.snapshot = snapshot;
        this.weights = new double[constraints.size()];
    }

    static SpreadScorer of(
            PodShape pod,
            List<SpreadConstraint> constraints,
            boolean needsAllKeys,
            GroupCounts known,
            Snapshot snapshot) {
        SpreadScorer scorer = new SpreadScorer(pod, constraints, needsAllKeys, snapshot);
        for (SpreadConstraint constraint : constraints) {
            scorer.counts.add(scorer.counted(constraint, known));
        }
        return scorer;
    }

    private Counted counted(SpreadConstraint constraint, GroupCounts known) {
        if (isOfNodes(constraint)) {
            return new Counted.ByNode(known.onNodes(pod, constraint, snapshot));
        }
        Domains domains =
                Domains.of(pod, constraint, needsAllKeys ? constraints : List.of(constraint));
        return new Counted.ByDomain(domains, known.inDomains(pod, constraint, domains, snapshot));
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
    }

    @Override
    public long score(NodeInfo info) {
        if (!isRated(info.node())) {
            return IGNORED;
        }
        double score = 0;
        for (int i = 0; i < weights.length; i++) {
            SpreadConstraint constraint = constraints.get(i);
            String domain = info.node().labels().get(constraint.topologyKey());
            if (domain != null) {
                int count =
                        switch (counts.get(i)) {
                            case Counted.ByDomain(var _, var pods) -> pods.getOrDefault(domain, 0);
                            case Counted.ByNode(int[] pods) -> pods[snapshot.position(info.name())];
                        };
                score += count * weights[i] + (constraint.maxSkew() - 1);
            }
        }
        return Math.round(score);
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
        for (int i = 0; i < weights.length; i++) {
            if (!SpreadFilter.isCounted(pod, constraints.get(i), other)) {
                continue;
            }
            switch (counts.get(i)) {
                case Counted.ByDomain(Domains domains, var pods) -> {
                    String domain = domains.of(info.node());
                    if (domain != null) {
                        pods.merge(domain, by, Integer::sum);
                    }
                }
                case Counted.ByNode(int[] pods) -> pods[snapshot.position(info.name())] += by;
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
