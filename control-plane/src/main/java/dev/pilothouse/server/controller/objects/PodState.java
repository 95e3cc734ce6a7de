package dev.pilothouse.server.controller.objects;

import dev.pilothouse.model.json.Json;
import tools.jackson.databind.JsonNode;

/** What the status of a pod says. Source: pkg/api/v1/pod. */
public final class PodState {

    private PodState() {}

    /** Whether the pod's Ready condition is True. */
    public static boolean isReady(JsonNode pod) {
        return Conditions.isTrue(pod, "Ready");
    }

    /** Whether the pod has ended for good, well or not. */
    public static boolean isTerminal(JsonNode pod) {
        String phase = Json.text(pod, "status", "phase");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Whether the pod is going away. */
    public static boolean isDeleting(JsonNode object) {
        return !Json.text(object, "metadata", "deletionTimestamp").isEmpty();
    }
}
