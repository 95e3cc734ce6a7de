package dev.pilothouse.server.kubelet.pod;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is to be done with the containers of a pod.
 *
 * @param start the container to be started next, or null
 * @param kill containers to be ended
 * @param backingOff containers that wait to be started again, with the time when they may
 */
record Decision(@Nullable ObjectNode start, List<Kill> kill, Map<String, Instant> backingOff) {

    /**
     * A container to be ended.
     *
     * @param container which
     * @param message why, as the event says it
     * @param graceSeconds the grace, -1 for the pod's
     */
    record Kill(ObjectNode container, String message, long graceSeconds) {}
}
