package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the simulation needs to know of a container.
 *
 * @param name its name
 * @param image its image as the pod names it
 * @param restartPolicy its own, or empty
 * @param readyAfterSeconds when its readiness probe, if any, first looks
 * @param cpuMillis requested CPU in thousandths of a core, 0 for none
 * @param memoryBytes requested memory, 0 for none
 * @param cpuLimitMillis its CPU limit in thousandths of a core, 0 for none
 * @param memoryLimit its memory limit, 0 for none
 * @param ports its ports
 * @param env its plain environment, as name=value
 */
record ContainerSpec(
        String name,
        String image,
        String restartPolicy,
        int readyAfterSeconds,
        long cpuMillis,
        long memoryBytes,
        long cpuLimitMillis,
        long memoryLimit,
        List<Integer> ports,
        List<String> env) {

    ContainerSpec {
        ports = List.copyOf(ports);
        env = List.copyOf(env);
    }

    static ContainerSpec of(ObjectNode container) {
        return new ContainerSpec(
                Json.text(container, "name"),
                Json.text(container, "image"),
                Json.text(container, "restartPolicy"),
                (int) Json.number(container, 0, "readinessProbe", "initialDelaySeconds"),
                cpu(container, "requests"),
                memory(container, "requests"),
                cpu(container, "limits"),
                memory(container, "limits"),
                Json.objects(container, "ports").stream()
                        .map(port -> (int) Json.number(port, 0, "containerPort"))
                        .toList(),
                Json.objects(container, "env").stream()
                        .filter(variable -> variable.get("valueFrom") == null)
                        .map(variable ->
                                Json.text(variable, "name") + "=" + Json.text(variable, "value"))
                        .toList());
    }

    private static long cpu(ObjectNode container, String kind) {
        Quantity quantity = quantity(Json.at(container, "resources", kind, "cpu"));
        return quantity.milliValue();
    }

    private static long memory(ObjectNode container, String kind) {
        return quantity(Json.at(container, "resources", kind, "memory")).value();
    }

    private static Quantity quantity(@Nullable JsonNode node) {
        String text = node == null ? "" : node.asString("");
        return Quantity.isValid(text) ? Quantity.parse(text) : Quantity.ZERO;
    }

    /** Whether it keeps running beside the pod's main containers although it is an init one. */
    boolean isSidecar() {
        return restartPolicy.equals("Always");
    }
}
