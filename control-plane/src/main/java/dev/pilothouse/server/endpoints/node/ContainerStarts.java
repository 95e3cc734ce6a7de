package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** When the containers of a pod were started. */
final class ContainerStarts {

    private static final List<String> LISTS =
            List.of("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses");

    private ContainerStarts() {}

    /** The time as the pod's status has it, empty when the container does not run. */
    static String of(@Nullable ObjectNode pod, String container) {
        for (String list : LISTS) {
            for (ObjectNode status : Json.objects(pod, "status", list)) {
                if (Json.text(status, "name").equals(container)) {
                    return Json.text(status, "state", "running", "startedAt");
                }
            }
        }
        return "";
    }
}
