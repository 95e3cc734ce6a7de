package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodShape;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.cluster.SpreadConstraint;
import dev.pilothouse.server.scheduler.framework.ClusterEvent;
import dev.pilothouse.server.scheduler.framework.FilterPlugin;
import dev.pilothouse.server.scheduler.framework.NodeScorer;
import dev.pilothouse.server.scheduler.framework.ScorePlugin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spreads pods over zones, nodes and other domains. Pods without constraints of their own are
 * spread like the pods of the same Service or controller, as far as there is a choice. Source:
 * plugins/podtopologyspread and KEPs 895, 1258, 3022, 3094.
 */
final class PodTopologySpread implements FilterPlugin, ScorePlugin {

    static final String NAME = "PodTopologySpread";

    private final DefaultSelectors selectors;
    private final GroupCounts counts = new GroupCounts();

    PodTopologySpread(DefaultSelectors selectors) {
        this.selectors = selectors;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        List<SpreadConstraint> hard =
                pod.shape().spread().stream().filter(SpreadConstraint::hard).toList();
        return hard.isEmpty()
                ? Preparation.SKIP
                : Preparation.of(SpreadFilter.of(pod.shape(), hard, counts, snapshot));
    }

    @Override
    public @Nullable NodeScorer scorer(PodInfo pod, Snapshot snapshot) {
        PodShape shape = pod.shape();
        boolean own = !shape.spread().isEmpty();
        List<SpreadConstraint> soft =
                own
                        ? shape.spread().stream().filter(constraint -> !constraint.hard()).toList()
                        : selectors.constraints(shape);
        return soft.isEmpty() ? null : SpreadScorer.of(shape, soft, own, counts, snapshot);
    }

    @Override
    public boolean mayHelp(PodInfo refused, ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.PodPlaced(PodInfo pod) -> isCounted(refused, pod);
            case ClusterEvent.PodGone(PodInfo pod) -> isCounted(refused, pod);
            case ClusterEvent.PodChanged(PodInfo before, PodInfo pod) ->
                    isCounted(refused, before) != isCounted(refused, pod);
            case ClusterEvent.NodeAdded(Node node) -> hasAllKeys(refused, node);
            case ClusterEvent.NodeChanged(Node before, Node node) ->
                    (hasAllKeys(refused, before) || hasAllKeys(refused, node))
                            && !(before.labels().equals(node.labels())
                                    && before.taints().equals(node.taints()));
            case ClusterEvent.NodeRemoved(Node node) -> hasAllKeys(refused, node);
            case ClusterEvent.WaitingPodChanged(PodInfo before, PodInfo pod) ->
                    pod.uid().equals(refused.uid())
                            && !before.shape().labels().equals(pod.shape().labels());
            default -> false;
        };
    }

    private static boolean isCounted(PodInfo refused, PodInfo pod) {
        return pod.namespace().equals(refused.namespace())
                && refused.shape().spread().stream()
                        .anyMatch(constraint -> constraint.counts(pod.shape()));
    }

    private static boolean hasAllKeys(PodInfo refused, Node node) {
        return SpreadFilter.hasAllKeys(node, refused.shape().spread());
    }
}
