package dev.pilothouse.server.controller.workload;

import dev.pilothouse.model.client.DeleteOptions;
import dev.pilothouse.model.client.DeleteOptions.Propagation;
import dev.pilothouse.model.client.ResourceClient;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.Creation;
import dev.pilothouse.server.record.EventRecorder;
import dev.pilothouse.server.record.ObjectReference;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes and deletes pods for an owner, and tells of it in events about the owner. Thread-safe.
 * Source: RealPodControl of pkg/controller/controller_utils.go.
 */
public final class PodControl {

    private final ResourceClient pods;
    private final EventRecorder events;

    /** Acts under the name of the context's controller. */
    public PodControl(ControllerContext context) {
        this.pods = context.client().resource(Pods.RESOURCE);
        this.events = context.events();
    }

    /**
     * Makes a pod.
     *
     * @param owner what the event is about
     * @throws ApiException when the server refuses
     */
    public ObjectNode create(ObjectNode pod, ObjectReference owner) {
        try {
            ObjectNode created = pods.create(pod);
            events.normal(
                    owner,
                    "SuccessfulCreate",
                    "Created pod: " + Json.text(created, "metadata", "name"));
            return created;
        } catch (ApiException e) {
            if (!Creation.isInTerminatingNamespace(e)) {
                events.warning(owner, "FailedCreate", "Error creating: " + e.getMessage());
            }
            throw e;
        }
    }

    /**
     * Deletes a pod, unless another one has its name by now.
     *
     * @return false when it had gone already
     * @throws ApiException when the server refuses
     */
    public boolean delete(PodView pod, ObjectReference owner) {
        try {
            pods.delete(
                    pod.namespace(),
                    pod.name(),
                    DeleteOptions.of(Propagation.DEFAULT).only(pod.uid(), ""));
            events.normal(owner, "SuccessfulDelete", "Deleted pod: " + pod.name());
            return true;
        } catch (ApiException e) {
            if (e.reason() == StatusReason.NOT_FOUND || e.reason() == StatusReason.CONFLICT) {
                return false;
            }
            events.warning(owner, "FailedDelete", "Error deleting: " + e.getMessage());
            throw e;
        }
    }
}
