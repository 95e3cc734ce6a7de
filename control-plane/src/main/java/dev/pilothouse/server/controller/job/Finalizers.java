package dev.pilothouse.server.controller.job;

import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.workload.Batches;
import dev.pilothouse.server.controller.workload.ControllerContext;
import dev.pilothouse.server.controller.workload.PodView;
import dev.pilothouse.server.controller.workload.Pods;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes the finalizer from pods whose end has been noted, and remembers whose until it is seen, so
 * that no pod is counted twice. Thread-safe.
 */
final class Finalizers {

    static final String TRACKING = "batch.kubernetes.io/job-tracking";

    private final ResourceClient pods;
    private final Set<String> taken = ConcurrentHashMap.newKeySet();

    Finalizers(ControllerContext context) {
        this.pods = context.client().resource(Pods.RESOURCE);
    }

    /** Takes the finalizer from pods. */
    void take(List<PodView> ended) {
        Batches.all(ended.size(), i -> take(ended.get(i))).rethrow();
    }

    /** Whether the finalizer has been taken from a pod of which it is not seen yet. */
    boolean isTaken(PodView pod) {
        return taken.contains(pod.uid());
    }

    /** A pod has been seen without finalizer, or has gone. */
    void seen(PodView pod) {
        taken.remove(pod.uid());
    }

    private void take(PodView pod) {
        ObjectNode patch = Json.object();
        ObjectNode metadata = patch.putObject("metadata").put("uid", pod.uid());
        metadata.putArray("$deleteFromPrimitiveList/finalizers").add(TRACKING);
        taken.add(pod.uid());
        try {
            pods.patch(pod.namespace(), pod.name(), PatchForm.STRATEGIC, patch);
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND && e.reason() != StatusReason.CONFLICT) {
                taken.remove(pod.uid());
                throw e;
            }
        } catch (RuntimeException e) {
            taken.remove(pod.uid());
            throw e;
        }
    }
}
