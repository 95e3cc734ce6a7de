package dev.pilothouse.server.advice;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Explains where pods go, as docs/scheduling.md describes the answers. Thread-safe; calls compute.
 */
public interface PlacementAdvisor {

    /**
     * What became of the last attempt to place a pod.
     *
     * @param nodes how many nodes are described at most
     * @return null when nothing is known of the pod any more
     */
    @Nullable ObjectNode decision(String namespace, String name, int nodes);

    /**
     * Where pods would go, without anything being done.
     *
     * @param question pods to be placed, and nodes to be thought away
     * @throws dev.pilothouse.model.meta.ApiException 400 when the question cannot be read
     */
    ObjectNode simulate(ObjectNode question);
}
