package dev.pilothouse.server.controller.workload;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What controllers of workloads need to know of a pod; small, for there may be very many.
 * Immutable.
 *
 * @param labels its labels, shared with other pods of the same labels
 * @param controller its managing controller
 * @param deleting whether it is going away
 * @param readySince when it became ready, in seconds since 1970, 0 when it is not ready
 * @param node the node it is bound to, empty when it is not
 * @param restarts of the container that restarted most
 * @param created in seconds since 1970
 * @param deletionCost from the annotation {@code controller.kubernetes.io/pod-deletion-cost}
 * @param trait what only its kind of controller asks for
 */
public record PodView(
        String namespace,
        String name,
        String uid,
        Map<String, String> labels,
        @Nullable Owner controller,
        boolean deleting,
        PodPhase phase,
        long readySince,
        String node,
        int restarts,
        long created,
        int deletionCost,
        @Nullable PodTrait trait)
        implements Claimable {

    /** Whether it counts as a replica: it has not ended, and is not going away. */
    public boolean isActive() {
        return !deleting && !phase.isTerminal();
    }

    /** Whether it is going away and has not ended yet. */
    public boolean isTerminating() {
        return deleting && !phase.isTerminal();
    }

    /** Whether it is ready. */
    public boolean isReady() {
        return readySince > 0;
    }

    /** Whether it has been ready for at least some seconds. */
    public boolean isAvailable(long minReadySeconds, Instant now) {
        return isReady() && availableIn(minReadySeconds, now).isZero();
    }

    /** How long a ready pod still has to stay ready until it is available. */
    public Duration availableIn(long minReadySeconds, Instant now) {
        Duration left =
                minReadySeconds == 0
                        ? Duration.ZERO
                        : Duration.between(
                                now, Instant.ofEpochSecond(readySince + minReadySeconds));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** A label's value, empty when it is not set. */
    public String label(String name) {
        return labels.getOrDefault(name, "");
    }

    /** Where it lives. */
    public Key key() {
        return new Key(namespace, name);
    }
}
