package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.NodeRules;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.framework.ClusterEvent;
import dev.pilothouse.server.scheduler.framework.FilterPlugin;
import dev.pilothouse.server.scheduler.framework.NodeFilter;
import dev.pilothouse.server.scheduler.framework.NodeScorer;
import dev.pilothouse.server.scheduler.framework.ScorePlugin;
import dev.pilothouse.server.scheduler.framework.Status;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses nodes that the pod's selector and node affinity do not name, and prefers those it likes.
 */
final class NodeAffinity implements FilterPlugin, ScorePlugin {

    static final String NAME = "NodeAffinity";
    private static final Status REFUSED =
            Status.unresolvable(NAME, "node(s) didn't match Pod's node affinity/selector");
    private static final Status CONFLICT = Status.unresolvable(NAME, "pod affinity terms conflict");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        NodeRules rules = pod.shape().nodes();
        if (rules.acceptsAll()) {
            return Preparation.SKIP;
        }
        Set<String> names = rules.names();
        if (names != null && names.isEmpty()) {
            return new Preparation.Rejected(CONFLICT);
        }
        NodeFilter filter = node -> rules.accepts(node.node()) ? Status.SUCCESS : REFUSED;
        return new Preparation.Ready(filter, names);
    }

    @Override
    public @Nullable NodeScorer scorer(PodInfo pod, Snapshot snapshot) {
        List<NodeRules.Preference> preferred = pod.shape().nodes().preferred();
        return preferred.isEmpty() ? null : new Preferred(preferred);
    }

    @Override
    public boolean mayHelp(PodInfo refused, ClusterEvent event) {
        NodeRules rules = refused.shape().nodes();
        return switch (event) {
            case ClusterEvent.NodeAdded(Node node) -> rules.accepts(node);
            case ClusterEvent.NodeChanged(Node before, Node node) ->
                    rules.accepts(node) && !rules.accepts(before);
            case ClusterEvent.WaitingPodChanged(PodInfo before, PodInfo pod) ->
                    pod.uid().equals(refused.uid())
                            && !before.shape().nodes().equals(pod.shape().nodes());
            default -> false;
        };
    }

    private record Preferred(List<NodeRules.Preference> preferences) implements NodeScorer {

        @Override
        public long score(NodeInfo node) {
            long score = 0;
            for (NodeRules.Preference preference : preferences) {
                if (preference.term().isEmpty() || preference.term().matches(node.node())) {
                    score += preference.weight();
                }
            }
            return score;
        }

        @Override
        public void normalize(long[] scores, int count) {
            NodeScorer.proportional(scores, count, false);
        }
    }
}
