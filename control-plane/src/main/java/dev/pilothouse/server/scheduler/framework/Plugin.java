package dev.pilothouse.server.scheduler.framework;

import dev.pilothouse.server.scheduler.cluster.PodInfo;

/** A part of the scheduler. Implementations are thread-safe. */
public interface Plugin {

    /** Its name in Kubernetes. */
    String name();

    /**
     * Whether something that has happened may let a pod through which this plug-in has refused.
     * Quick: it is asked for every event.
     */
    default boolean mayHelp(PodInfo refused, ClusterEvent event) {
        return false;
    }

    /**
     * Whether this plug-in, when it had nothing to say about a pod, still has nothing to say once
     * the other pod has been placed or has gone.
     */
    default boolean staysOut(PodInfo other) {
        return true;
    }
}
