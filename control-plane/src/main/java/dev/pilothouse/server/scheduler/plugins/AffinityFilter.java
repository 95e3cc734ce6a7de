package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.AffinityTerm;
import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodShape;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.framework.NodeFilter;
import dev.pilothouse.server.scheduler.framework.Status;
import java.util.List;

/**
 * Refuses nodes that are not near the pods that must be near, or near those that must be away.
 * Source: plugins/interpodaffinity/filtering.go.
 */
final class AffinityFilter implements NodeFilter {

    private static final Status NOT_NEAR =
            Status.unresolvable(InterPodAffinity.NAME, "node(s) didn't match pod affinity rules");
    private static final Status NOT_AWAY =
            Status.unschedulable(
                    InterPodAffinity.NAME, "node(s) didn't match pod anti-affinity rules");
    private static final Status UNWELCOME =
            Status.unschedulable(
                    InterPodAffinity.NAME,
                    "node(s) didn't satisfy existing pods anti-affinity rules");

    private final PodShape pod;
    private final AffinityCounts known;

    /** Pods that all required terms match. */
    private final TopologyCounts near;

    /** Pods that must be away. */
    private final TopologyCounts away;

    /** Pods that want the pod to be away. */
    private final TopologyCounts unwelcome;

    private AffinityFilter(
            PodShape pod,
            AffinityCounts known,
            TopologyCounts near,
            TopologyCounts away,
            TopologyCounts unwelcome) {
        this.pod = pod;
        this.known = known;
        this.near = near;
        this.away = away;
        this.unwelcome = unwelcome;
    }

    static AffinityFilter of(PodShape pod, AffinityCounts known, Snapshot snapshot) {
        TopologyCounts near = new TopologyCounts();
        known.addMeant(pod.affinity().required(), near, snapshot);
        TopologyCounts away = new TopologyCounts();
        for (AffinityTerm term : pod.affinity().requiredAnti()) {
            known.addMeant(term, 1, away, snapshot);
        }
        return new AffinityFilter(pod, known, near, away, known.unwelcome(pod, snapshot));
    }

    @Override
    public Status check(NodeInfo info) {
        Node node = info.node();
        if (!isNear(node)) {
            return NOT_NEAR;
        }
        for (AffinityTerm term : pod.affinity().requiredAnti()) {
            if (away.of(node, term.topologyKey()) > 0) {
                return NOT_AWAY;
            }
        }
        return unwelcome.anyAboveZero(node) ? UNWELCOME : Status.SUCCESS;
    }

    private boolean isNear(Node node) {
        List<AffinityTerm> terms = pod.affinity().required();
        boolean exist = true;
        for (AffinityTerm term : terms) {
            if (!node.labels().containsKey(term.topologyKey())) {
                return false;
            }
            exist &= near.of(node, term.topologyKey()) > 0;
        }
        // The first of a group of pods that want to be near each other has to start somewhere.
        return exist || (near.isEmpty() && known.matchesAll(terms, pod));
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
        PodShape shape = other.shape();
        for (AffinityTerm term : shape.affinity().requiredAnti()) {
            if (term.matches(pod, known.namespaces())) {
                unwelcome.add(node, term.topologyKey(), by);
            }
        }
        List<AffinityTerm> required = pod.affinity().required();
        if (!required.isEmpty() && known.matchesAll(required, shape)) {
            for (AffinityTerm term : required) {
                near.add(node, term.topologyKey(), by);
            }
        }
        for (AffinityTerm term : pod.affinity().requiredAnti()) {
            if (term.matches(shape, known.namespaces())) {
                away.add(node, term.topologyKey(), by);
            }
        }
    }

    @Override
    public NodeFilter copy() {
        return new AffinityFilter(pod, known, near.copy(), away.copy(), unwelcome.copy());
    }
}
