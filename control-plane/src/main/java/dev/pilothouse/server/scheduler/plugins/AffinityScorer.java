package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.AffinityTerm;
import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodShape;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.framework.NodeScorer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Prefers nodes near the pods that the pod would like to be near, and near pods that would like it.
 * Source: plugins/interpodaffinity/scoring.go.
 */
final class AffinityScorer implements NodeScorer {

    /** What a required term of a placed pod adds for a pod that it matches. */
    private static final int REQUIRED_WEIGHT = 1;

    private final PodShape pod;
    private final Function<String, Map<String, String>> namespaces;
    private final TopologyCounts sums = new TopologyCounts();

    private AffinityScorer(PodShape pod, Function<String, Map<String, String>> namespaces) {
        this.pod = pod;
        this.namespaces = namespaces;
    }

    static AffinityScorer of(
            PodShape pod, Function<String, Map<String, String>> namespaces, Snapshot snapshot) {
        AffinityScorer scorer = new AffinityScorer(pod, namespaces);
        boolean asks =
                !pod.affinity().preferred().isEmpty() || !pod.affinity().preferredAnti().isEmpty();
        for (int i = 0; i < snapshot.size(); i++) {
            NodeInfo node = snapshot.at(i);
            List<PodInfo> others = asks ? node.pods() : node.affinityPods();
            for (int p = 0; p < others.size(); p++) {
                scorer.change(others.get(p), node.node(), 1);
            }
        }
        return scorer;
    }

    @Override
    public long score(NodeInfo node) {
        return sums.sum(node.node());
    }

    @Override
    public void normalize(long[] scores, int count) {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            least = Math.min(least, scores[i]);
            most = Math.max(most, scores[i]);
        }
        for (int i = 0; i < count; i++) {
            scores[i] = most == least ? 0 : MAX * (scores[i] - least) / (most - least);
        }
    }

    @Override
    public boolean isLocal() {
        return false;
    }

    @Override
    public void podAdded(PodInfo added, NodeInfo node) {
        change(added, node.node(), 1);
    }

    @Override
    public void podRemoved(PodInfo removed, NodeInfo node) {
        change(removed, node.node(), -1);
    }

    private void change(PodInfo other, Node node, int sign) {
        PodShape shape = other.shape();
        for (AffinityTerm term : pod.affinity().preferred()) {
            add(term, shape, node, sign * term.weight());
        }
        for (AffinityTerm term : pod.affinity().preferredAnti()) {
            add(term, shape, node, -sign * term.weight());
        }
        for (AffinityTerm term : shape.affinity().required()) {
            add(term, pod, node, sign * REQUIRED_WEIGHT);
        }
        for (AffinityTerm term : shape.affinity().preferred()) {
            add(term, pod, node, sign * term.weight());
        }
        for (AffinityTerm term : shape.affinity().preferredAnti()) {
            add(term, pod, node, -sign * term.weight());
        }
    }

    private void add(AffinityTerm term, PodShape meant, Node node, int by) {
        if (term.matches(meant, namespaces)) {
            sums.add(node, term.topologyKey(), by);
        }
    }
}
