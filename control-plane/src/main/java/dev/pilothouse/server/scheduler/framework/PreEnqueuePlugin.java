package dev.pilothouse.server.scheduler.framework;

import dev.pilothouse.server.scheduler.cluster.PodInfo;

/** Keeps pods from being tried at all. */
public interface PreEnqueuePlugin extends Plugin {

    /** Whether a pod may be tried. */
    Status preEnqueue(PodInfo pod);
}
