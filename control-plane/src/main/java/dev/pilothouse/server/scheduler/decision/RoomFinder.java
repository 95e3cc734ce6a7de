package dev.pilothouse.server.scheduler.decision;

import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.plugins.NodeResourcesFit;
import dev.pilothouse.server.scheduler.plugins.NodeResourcesFit.Shortage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds few and unimportant pods of a node that would have to go so that a pod has room. */
final class RoomFinder {

    private static final int MOST = 10;

    private RoomFinder() {}

    /** The pods, none when there is no use in taking pods away. */
    static List<PodInfo> find(PodInfo pod, NodeInfo node) {
        List<PodInfo> candidates =
                node.pods().stream()
                        .filter(other -> other.priority() <= pod.priority())
                        .sorted(
                                Comparator.comparingInt(PodInfo::priority)
                                        .thenComparingLong(
                                                other -> other.shape().requests().milliCpu())
                                        .thenComparingLong(
                                                other -> other.shape().requests().memory()))
                        .toList();
        for (PodInfo other : candidates) {
            if (missing(pod, node.without(other.uid())) == 0) {
                return List.of(other);
            }
        }
        return several(pod, node, new ArrayList<>(candidates));
    }

    private static List<PodInfo> several(PodInfo pod, NodeInfo node, List<PodInfo> candidates) {
        List<PodInfo> gone = new ArrayList<>();
        NodeInfo left = node;
        while (missing(pod, left) > 0) {
            PodInfo best = null;
            double least = missing(pod, left);
            for (PodInfo other : candidates) {
                double missing = missing(pod, left.without(other.uid()));
                if (missing < least) {
                    least = missing;
                    best = other;
                }
            }
            if (best == null || gone.size() == MOST) {
                return List.of();
            }
            gone.add(best);
            candidates.remove(best);
            left = left.without(best.uid());
        }
        return gone;
    }

    /** What is missing of all resources, each as a share of what is needed. */
    private static double missing(PodInfo pod, NodeInfo node) {
        double missing = 0;
        for (Shortage shortage : NodeResourcesFit.shortages(pod.shape().demand(), node)) {
            long free =
                    shortage.resource().equals("pods")
                            ? node.node().maxPods() - node.podCount()
                            : node.node().allocatable().get(shortage.resource())
                                    - node.requested().get(shortage.resource());
            missing += (double) (shortage.requested() - free) / shortage.requested();
        }
        return missing;
    }
}
