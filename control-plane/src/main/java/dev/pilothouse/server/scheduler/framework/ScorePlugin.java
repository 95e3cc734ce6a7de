package dev.pilothouse.server.scheduler.framework;

import dev.pilothouse.server.scheduler.cluster.PodInfo;
import dev.pilothouse.server.scheduler.cluster.Snapshot;
import org.jspecify.annotations.Nullable;

/** Rates nodes that can take a pod. */
public interface ScorePlugin extends Plugin {

    /**
     * Looks at a pod and all nodes; no side effects.
     *
     * @return what rates nodes, or null when it has no preference
     */
    @Nullable NodeScorer scorer(PodInfo pod, Snapshot snapshot);
}
