package dev.pilothouse.server.controller.nodes;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.DeleteOptions.Propagation;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.objects.Conditions;
import java.time.InstantSource;
import tools.jackson.databind.node.ObjectNode;

/** Deletes pods, having said on them why. Thread-safe. */
public final class PodDisposal {

    private static final GroupVersionResource PODS = new GroupVersionResource("", "v1", "pods");

    private final ResourceClient pods;
    private final InstantSource clock;

    /**
     * Why a pod goes.
     *
     * @param reason one word, empty to say nothing
     * @param message for people
     */
    public record Why(String reason, String message) {

        /** Nothing is said. */
        public static final Why UNSAID = new Why("", "");
    }

    /** Acts as that client. */
    public PodDisposal(ApiClient client, InstantSource clock) {
        this.pods = client.resource(PODS);
        this.clock = clock;
    }

    /** Lets the pod's node agent end it in its own time. */
    public void delete(NodePod pod, Why why) {
        tell(pod, why, false);
        delete(pod, DeleteOptions.of(Propagation.DEFAULT));
    }

    /** Takes the pod away now; nobody will end it. It counts as failed unless it had ended. */
    public void forceDelete(NodePod pod, Why why) {
        tell(pod, why, !pod.ended());
        delete(pod, new DeleteOptions(Propagation.DEFAULT, 0, "", ""));
    }

    private void tell(NodePod pod, Why why, boolean fail) {
        if (why.reason().isEmpty() && !fail) {
            return;
        }
        ObjectNode patch = Json.object();
        patch.putObject("metadata").put("uid", pod.uid());
        ObjectNode status = patch.putObject("status");
        if (fail) {
            status.put("phase", "Failed");
        }
        if (!why.reason().isEmpty()) {
            status.putArray("conditions")
                    .addObject()
                    .put("type", "DisruptionTarget")
                    .put("status", "True")
                    .put("reason", why.reason())
                    .put("message", why.message())
                    .put("lastTransitionTime", Conditions.time(clock.instant()));
        }
        settle(() ->
                pods.patch(
                        pod.key().namespace(),
                        pod.key().name(),
                        "status",
                        PatchForm.STRATEGIC,
                        patch));
    }

    private void delete(NodePod pod, DeleteOptions options) {
        settle(() ->
                pods.delete(pod.key().namespace(), pod.key().name(), options.only(pod.uid(), "")));
    }

    /** A pod that is gone, or another one by now, needs nothing more. */
    private static void settle(Runnable write) {
        try {
            write.run();
        } catch (ApiException e) {
            if (e.reason() != StatusReason.NOT_FOUND && e.reason() != StatusReason.CONFLICT) {
                throw e;
            }
        }
    }
}
