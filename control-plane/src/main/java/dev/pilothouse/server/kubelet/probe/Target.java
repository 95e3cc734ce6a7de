package dev.pilothouse.server.kubelet.probe;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.kubelet.cri.ContainerRuntime;
import dev.pilothouse.server.kubelet.cri.PodSandboxStatus;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A running container that is asked.
 *
 * @param runtime what runs it
 * @param containerId its id
 * @param sandbox its sandbox
 * @param container its spec
 */
public record Target(
        ContainerRuntime runtime,
        String containerId,
        PodSandboxStatus sandbox,
        ObjectNode container) {

    /** The host to speak to when none is named. */
    String address() {
        return sandbox.ips().isEmpty() ? "127.0.0.1" : sandbox.ips().getFirst();
    }

    /** The port that a number or the name of a port of the container means, as it really is. */
    OptionalInt port(ObjectNode action) {
        JsonNode port = Json.at(action, "port");
        if (port == null) {
            return OptionalInt.empty();
        }
        if (port.isNumber()) {
            return OptionalInt.of(sandbox.actualPort(port.asInt(0)));
        }
        String text = port.asString("");
        for (ObjectNode declared : Json.objects(container, "ports")) {
            if (Json.text(declared, "name").equals(text)) {
                return OptionalInt.of(
                        sandbox.actualPort((int) Json.number(declared, 0, "containerPort")));
            }
        }
        return text.chars().allMatch(Character::isDigit) && !text.isEmpty()
                ? OptionalInt.of(sandbox.actualPort(Integer.parseInt(text)))
                : OptionalInt.empty();
    }
}
