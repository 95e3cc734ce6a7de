package dev.pilothouse.server.scheduler.framework;

import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;
import java.util.List;

/** One plug-in's view of one pod: rates single nodes. Used by one thread at a time. */
public interface NodeScorer {

    /** The best score there is. */
    long MAX = 100;

    /** These nodes can take the pod, and are going to be rated. */
    default void feasible(List<NodeInfo> nodes) {}

    /** Rates a node; no side effects. The number means nothing until it is normalised. */
    long score(NodeInfo node);

    /** Turns the scores of all nodes into 0 to {@link #MAX}. */
    default void normalize(long[] scores, int count) {}

    /** Whether a node's rating follows from the pod's shape and the node with its pods. */
    default boolean isLocal() {
        return true;
    }

    /** A pod is on that node from now on. */
    default void podAdded(PodInfo pod, NodeInfo node) {}

    /** A pod is no longer on that node. */
    default void podRemoved(PodInfo pod, NodeInfo node) {}

    /** Spreads scores over 0 to {@link #MAX} in proportion, the other way round if asked. */
    static void proportional(long[] scores, int count, boolean reverse) {
        long highest = 0;
        for (int i = 0; i < count; i++) {
            highest = Math.max(highest, scores[i]);
        }
        for (int i = 0; i < count; i++) {
            long score = highest == 0 ? 0 : MAX * scores[i] / highest;
            scores[i] = reverse ? MAX - score : score;
        }
    }
}
