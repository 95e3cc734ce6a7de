package dev.pilothouse.server.endpoints.node;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Which container of a pod a stream is for. Source: registry/core/pod/strategy.go. */
final class PodContainers {

    private PodContainers() {}

    /**
     * The container asked for, or the only one when none is.
     *
     * @throws ApiException 400 when there is no such container, or none is named among several
     */
    static String choose(ObjectNode pod, String asked) {
        List<String> containers = names(pod, "containers");
        List<String> init = names(pod, "initContainers");
        String name = Json.text(pod, "metadata", "name");
        if (asked.isEmpty()) {
            if (containers.size() == 1) {
                return containers.getFirst();
            }
            throw ApiException.badRequest(
                    "a container name must be specified for pod "
                            + name
                            + choices(", choose one of: ", containers)
                            + choices(" or one of the init containers: ", init));
        }
        if (!has(pod, asked)) {
            throw ApiException.badRequest("container " + asked + " is not valid for pod " + name);
        }
        return asked;
    }

    /** Whether a pod has a container of that name, of whatever kind. */
    static boolean has(ObjectNode pod, String container) {
        return Stream.of("containers", "initContainers", "ephemeralContainers")
                .anyMatch(field -> names(pod, field).contains(container));
    }

    private static String choices(String introduction, List<String> names) {
        return names.isEmpty() ? "" : introduction + "[" + String.join(" ", names) + "]";
    }

    private static List<String> names(ObjectNode pod, String field) {
        return Json.objects(pod, "spec", field).stream()
                .map(container -> Json.text(container, "name"))
                .toList();
    }
}
