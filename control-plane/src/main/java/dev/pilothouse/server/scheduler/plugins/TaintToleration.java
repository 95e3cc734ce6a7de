package dev.pilothouse.server.scheduler.plugins;

import dev.pilothouse.server.scheduler.cluster.Node;
import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.PodShape;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import dev.pilothouse.server.scheduler.cluster.Taint;
import dev.pilothouse.server.scheduler.cluster.Toleration;
import dev.pilothouse.server.scheduler.framework.ClusterEvent;
import dev.pilothouse.server.scheduler.framework.FilterPlugin;
import dev.pilothouse.server.scheduler.framework.NodeScorer;
import dev.pilothouse.server.scheduler.framework.ScorePlugin;
import dev.pilothouse.server.scheduler.framework.Status;
import java.util.List;

/** Refuses nodes with taints that the pod does not tolerate, and prefers those with fewer. */
final class TaintToleration implements FilterPlugin, ScorePlugin {

    static final String NAME = "TaintToleration";
    private static final Status REFUSED =
            Status.unresolvable(NAME, "node(s) had untolerated taint(s)");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Preparation prepare(PodInfo pod, Snapshot snapshot) {
        return Preparation.of(
                node -> isTolerated(pod.shape(), node.node()) ? Status.SUCCESS : REFUSED);
    }

    @Override
    public NodeScorer scorer(PodInfo pod, Snapshot snapshot) {
        List<Toleration> soft =
                pod.shape().tolerations().stream()
                        .filter(toleration ->
                                toleration.effect().isEmpty()
                                        || toleration.effect().equals("PreferNoSchedule"))
                        .toList();
        return new FewestTaints(soft);
    }

    @Override
    public boolean mayHelp(PodInfo refused, ClusterEvent event) {
        return switch (event) {
            case ClusterEvent.NodeAdded(Node node) -> isTolerated(refused.shape(), node);
            case ClusterEvent.NodeChanged(Node before, Node node) ->
                    isTolerated(refused.shape(), node) && !isTolerated(refused.shape(), before);
            case ClusterEvent.WaitingPodChanged(PodInfo before, PodInfo pod) ->
                    pod.uid().equals(refused.uid())
                            && !before.shape().tolerations().equals(pod.shape().tolerations());
            default -> false;
        };
    }

    static boolean isTolerated(PodShape pod, Node node) {
        for (Taint taint : node.taints()) {
            if (taint.repels() && !pod.tolerates(taint)) {
                return false;
            }
        }
        return true;
    }

    private record FewestTaints(List<Toleration> tolerations) implements NodeScorer {

        @Override
        public long score(NodeInfo node) {
            long count = 0;
            for (Taint taint : node.node().taints()) {
                if (taint.discourages() && !Toleration.anyTolerates(tolerations, taint)) {
                    count++;
                }
            }
            return count;
        }

        @Override
        public void normalize(long[] scores, int count) {
            NodeScorer.proportional(scores, count, true);
        }
    }
}
