package dev.pilothouse.ui.logs.feed;

import dev.pilothouse.model.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a pod says of one of its containers.
 *
 * @param id the container's id in its runtime; empty before its first start
 * @param running whether it runs
 * @param previous whether one ran before it
 * @param reason why it waits; may be empty
 */
record ContainerState(String id, boolean running, boolean previous, String reason) {

    /** Nothing is known yet. */
    static final ContainerState NONE = new ContainerState("", false, false, "");

    /** All containers of a pod by name, in the order in which they start. */
    static Map<String, ContainerState> of(ObjectNode pod) {
        Map<String, ContainerState> states = new LinkedHashMap<>();
        for (String list : new String[] {"initContainers", "containers", "ephemeralContainers"}) {
            for (ObjectNode container : Json.objects(pod.path("spec"), list)) {
                states.put(Json.text(container, "name"), NONE);
            }
        }
        String why = podReason(pod);
        states.replaceAll((name, none) -> new ContainerState("", false, false, why));
        JsonNode status = pod.path("status");
        for (String list :
                new String[] {
                    "initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses"
                }) {
            for (ObjectNode container : Json.objects(status, list)) {
                states.replace(Json.text(container, "name"), state(container, why));
            }
        }
        return states;
    }

    private static ContainerState state(ObjectNode container, String why) {
        JsonNode state = container.path("state");
        String last = Json.text(container, "lastState", "terminated", "containerID");
        String id = Json.text(container, "containerID");
        String reason = Json.text(state, "waiting", "reason");
        String message = Json.text(state, "waiting", "message");
        return new ContainerState(
                id.isEmpty() ? last : id,
                state.has("running"),
                !last.isEmpty() && !last.equals(id),
                reason.isEmpty() ? why : message.isEmpty() ? reason : reason + ": " + message);
    }

    /** Why the pod as a whole does not run: not placed, or failed. */
    private static String podReason(ObjectNode pod) {
        for (ObjectNode condition : Json.objects(pod.path("status"), "conditions")) {
            if (Json.text(condition, "type").equals("PodScheduled")
                    && Json.text(condition, "status").equals("False")) {
                return Json.text(condition, "reason") + ": " + Json.text(condition, "message");
            }
        }
        return Json.text(pod, "status", "reason");
    }

    /** Whether there is a log to read. */
    boolean hasLog() {
        return !id.isEmpty();
    }
}
