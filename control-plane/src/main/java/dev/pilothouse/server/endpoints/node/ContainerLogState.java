package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether a container can have a log, by its pod's status. Source: the kubelet's
 * validateContainerLogStatus, in whose words it refuses.
 */
final class ContainerLogState {

    private ContainerLogState() {}

    /**
     * Refuses when there is no log. What the status does not tell is left to the node's agent.
     *
     * @throws ApiException 400
     */
    static void check(ObjectNode pod, String container, boolean previous) {
        ObjectNode status = status(pod, container);
        if (status == null) {
            return;
        }
        String which =
                "container \""
                        + container
                        + "\" in pod \""
                        + Json.text(pod, "metadata", "name")
                        + "\"";
        boolean before = Json.objectAt(status, "lastState", "terminated") != null;
        if (previous) {
            if (!before) {
                throw ApiException.badRequest("previous terminated " + which + " not found");
            }
            return;
        }
        ObjectNode waiting = Json.objectAt(status, "state", "waiting");
        if (waiting != null && !before) {
            throw ApiException.badRequest(which + " is waiting to start: " + reason(waiting));
        }
    }

    /** The status of a container of any kind, or null when there is none yet. */
    static @Nullable ObjectNode status(ObjectNode pod, String container) {
        return Stream.of("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses")
                .flatMap(field -> Json.objects(pod, "status", field).stream())
                .filter(status -> Json.text(status, "name").equals(container))
                .findFirst()
                .orElse(null);
    }

    private static String reason(ObjectNode waiting) {
        String reason = Json.text(waiting, "reason");
        return switch (reason) {
            case "ErrImagePull" -> "image can't be pulled";
            case "ImagePullBackOff" -> "trying and failing to pull image";
            default -> reason;
        };
    }
}
