package dev.pilothouse.server.scheduler.framework;

import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;

/** One plug-in's view of one pod: asks single nodes. Used by one thread at a time. */
public interface NodeFilter {

    /** How far a filter's answers can be kept. */
    enum Scope {
        /** The answer follows from the pod's shape and the node with its pods. */
        NODE,
        /** It depends on other nodes as well, and follows pods that come and go. */
        CLUSTER,
        /** It depends on more than nodes and pods: not kept for another pod. */
        MORE
    }

    /** Whether a node can take the pod; no side effects. */
    Status check(NodeInfo node);

    /** How far its answers can be kept. */
    default Scope scope() {
        return Scope.NODE;
    }

    /** A pod is on that node from now on. */
    default void podAdded(PodInfo pod, NodeInfo node) {}

    /** A pod is no longer on that node. */
    default void podRemoved(PodInfo pod, NodeInfo node) {}

    /** An independent copy, which can follow other pods. */
    default NodeFilter copy() {
        return this;
    }
}
