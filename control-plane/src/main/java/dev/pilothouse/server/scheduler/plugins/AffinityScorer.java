package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.AffinityTerm;
import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodShape;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.framework.NodeScorer;
import dev.pilothouse.server.scheduler.plugins.TermCounts.Wish;

/**
 * Prefers nodes near the pods that the pod would like to be near, and near pods that would like it.
 * Source: plugins/interpodaffinity/scoring.go.
 */
final class AffinityScorer implements NodeScorer {

    private final PodShape pod;
    private final AffinityCounts known;
    private final TopologyCounts sums;

    private AffinityScorer(PodShape pod, AffinityCounts known, TopologyCounts sums) {
        this.pod = pod;
        this.known = known;
        this.sums = sums;
    }

    static AffinityScorer of(PodShape pod, AffinityCounts known, Snapshot snapshot) {
        TopologyCounts sums = known.liked(pod, snapshot);
        for (AffinityTerm term : pod.affinity().preferred()) {
            known.addMeant(term, term.weight(), sums, snapshot);
        }
        for (AffinityTerm term : pod.affinity().preferredAnti()) {
            known.addMeant(term, -term.weight(), sums, snapshot);
        }
        return new AffinityScorer(pod, known, sums);
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
        for (Wish wish : AffinityCounts.preferences(shape)) {
            add(wish.term(), pod, node, sign * wish.weight());
        }
    }

    private void add(AffinityTerm term, PodShape meant, Node node, int by) {
        if (term.matches(meant, known.namespaces())) {
            sums.add(node, term.topologyKey(), by);
        }
    }
}
