package dev.pilothouse.server.controller.tainteviction;

import dev.pilothouse.server.controller.nodes.NodePod;
import dev.pilothouse.server.controller.nodes.Taint;
import dev.pilothouse.server.controller.nodes.Toleration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides when a pod has to leave its node. */
final class Evictions {

    private Evictions() {}

    /**
     * When a pod has to go because of these taints; null for never. A toleration's time begins when
     * the taint was added, or when the pod was made if that was later. Source: core/v1
     * Toleration.tolerationSeconds.
     *
     * @param taints the NoExecute taints of its node
     */
    static @Nullable Instant due(NodePod pod, List<Taint> taints, Instant now) {
        Instant first = null;
        for (Taint taint : taints) {
            Instant due = due(pod, taint, now);
            if (due != null && (first == null || due.isBefore(first))) {
                first = due;
            }
        }
        return first;
    }

    /** Of several tolerations the shortest counts, as in Kubernetes. */
    private static @Nullable Instant due(NodePod pod, Taint taint, Instant now) {
        boolean tolerated = false;
        Long shortest = null;
        for (Toleration toleration : pod.tolerations()) {
            if (toleration.tolerates(taint)) {
                tolerated = true;
                Long seconds = toleration.seconds();
                if (seconds != null && (shortest == null || seconds < shortest)) {
                    shortest = Math.max(0, seconds);
                }
            }
        }
        if (!tolerated) {
            return now;
        }
        return shortest == null ? null : start(pod, taint, now).plusSeconds(shortest);
    }

    private static Instant start(NodePod pod, Taint taint, Instant now) {
        Instant added = taint.timeAdded().isEmpty() ? now : Instant.parse(taint.timeAdded());
        Instant created = pod.created().isEmpty() ? added : Instant.parse(pod.created());
        return created.isAfter(added) ? created : added;
    }
}
