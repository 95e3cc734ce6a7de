package dev.pilothouse.server.scheduler.framework;

import dev.pilothouse.server.scheduler.cluster.NodeInfo;
import dev.pilothouse.server.scheduler.cluster.PodInfo;

/** Has something to do when a pod goes to a node. */
public interface BindPlugin extends Plugin {

    /** Whether it has anything to do for a pod. */
    boolean concerns(PodInfo pod);

    /**
     * Sets aside what the pod needs on the node; quick. Refused when it has been taken meanwhile.
     */
    Status reserve(PodInfo pod, NodeInfo node);

    /** Gives back what was set aside, if anything was. */
    void unreserve(PodInfo pod);

    /** Does before binding what must be done; may block for minutes, on a virtual thread. */
    Status preBind(PodInfo pod, NodeInfo node) throws InterruptedException;

    /** Something has happened; quick. */
    default void happened(ClusterEvent event) {}
}
