package dev.pilothouse.server.kubelet.pod;

import dev.pilothouse.server.kubelet.probe.ContainerProbes;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the status of a pod is made of.
 *
 * @param pod the pod as it was last seen
 * @param containers what the runtime has
 * @param probes the probes of containers that run, by container name
 * @param waiting why containers do not run, by name
 * @param ending whether no container will be started again
 * @param ended why the pod was ended before its time, or null
 * @param hostIp the node's address
 * @param now the time
 */
record StatusInput(
        PodTree pod,
        PodContainers containers,
        Function<String, @Nullable ContainerProbes> probes,
        Map<String, Waiting> waiting,
        boolean ending,
        @Nullable Ended ended,
        String hostIp,
        Instant now) {

    /**
     * Why a pod was ended before its time.
     *
     * @param reason one word, such as {@code Evicted}
     * @param message for people
     * @param disruption whether the node did it to help itself
     * @param graceSeconds how long its containers have to end, -1 for as long as the pod says
     */
    record Ended(String reason, String message, boolean disruption, long graceSeconds) {}
}
