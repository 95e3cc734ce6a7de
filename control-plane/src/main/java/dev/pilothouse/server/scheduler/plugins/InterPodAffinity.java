package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.AffinityTerm;
import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.PodAffinity;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodShape;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.framework.ClusterEvent;
import dev.pilothouse.server.scheduler.framework.FilterPlugin;
import dev.pilothouse.server.scheduler.framework.NodeScorer;
import dev.pilothouse.server.scheduler.framework.ScorePlugin;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Brings pods near others and keeps them apart. Source: plugins/interpodaffinity. */
final class InterPodAffinity implements FilterPlugin, ScorePlugin {

    static final String NAME = "InterPodAffinity";

    private final Function<String, Map<String, String>> namespaces;
    private final AffinityCounts counts;

    /**
     * Over these namespaces.
     *
     * @param namespaces the labels of a namespace by its name
     */
    InterPodAffinity(Function<String, Map<String, String>> namespaces) {
        this.namespaces = namespaces;
        this.counts = new AffinityCounts(namespaces);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        PodAffinity affinity = pod.shape().affinity();
        boolean asks = !affinity.required().isEmpty() || !affinity.requiredAnti().isEmpty();
        return !asks && !snapshot.hasAntiAffinityPods()
                ? Preparation.SKIP
                : Preparation.of(AffinityFilter.of(pod.shape(), counts, snapshot));
    }

    @Override
    public @Nullable NodeScorer scorer(PodInfo pod, Snapshot snapshot) {
        PodAffinity affinity = pod.shape().affinity();
        boolean asks = !affinity.preferred().isEmpty() || !affinity.preferredAnti().isEmpty();
        return !asks && !snapshot.hasAffinityPods()
                ? null
                : AffinityScorer.of(pod.shape(), counts, snapshot);
    }

    @Override
    public boolean staysOut(PodInfo other) {
        return other.shape().affinity().isEmpty();
    }

    @Override
    public boolean mayHelp(PodInfo refused, ClusterEvent event) {
        PodAffinity affinity = refused.shape().affinity();
        return switch (event) {
            case ClusterEvent.PodPlaced(PodInfo pod) -> matches(affinity.required(), pod.shape());
            case ClusterEvent.PodChanged(PodInfo before, PodInfo pod) ->
                    !before.shape().labels().equals(pod.shape().labels())
                            && (matches(affinity.required(), pod.shape())
                                    || matches(affinity.requiredAnti(), before.shape()));
            case ClusterEvent.PodGone(PodInfo pod) ->
                    matches(affinity.requiredAnti(), pod.shape())
                            || matches(pod.shape().affinity().requiredAnti(), refused.shape());
            case ClusterEvent.NodeAdded _ -> true;
            case ClusterEvent.NodeChanged(Node before, Node node) ->
                    !before.labels().equals(node.labels());
            case ClusterEvent.NamespaceChanged _ -> true;
            case ClusterEvent.WaitingPodChanged(PodInfo before, PodInfo pod) ->
                    pod.uid().equals(refused.uid())
                            && !before.shape().labels().equals(pod.shape().labels());
            default -> false;
        };
    }

    private boolean matches(List<AffinityTerm> terms, PodShape pod) {
        for (AffinityTerm term : terms) {
            if (term.matches(pod, namespaces)) {
                return true;
            }
        }
        return false;
    }
}
