package dev.pilothouse.server.kubelet.runtime.simulated;

import dev.pilothouse.model.json.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of a pod that it shares with its siblings; kept once for all of them.
 *
 * @param restartPolicy the pod's restart policy
 * @param ownerKind the kind of its controller, or empty
 * @param owner the uid of its controller, or empty
 * @param activeSeconds how long it may run, 0 for ever
 * @param hostNetwork whether it has its node's address
 * @param init its init containers, sidecars among them
 * @param main its containers
 * @param ephemeral containers added for debugging
 * @param gates condition types of its readiness gates
 * @param knobs what its annotations say
 */
record Workload(
        String restartPolicy,
        String ownerKind,
        String owner,
        long activeSeconds,
        boolean hostNetwork,
        List<ContainerSpec> init,
        List<ContainerSpec> main,
        List<ContainerSpec> ephemeral,
        List<String> gates,
        Knobs knobs) {

    Workload {
        init = List.copyOf(init);
        main = List.copyOf(main);
        ephemeral = List.copyOf(ephemeral);
        gates = List.copyOf(gates);
    }

    static Workload of(ObjectNode pod) {
        ObjectNode spec = Json.child(pod, "spec");
        ObjectNode controller =
                Json.objects(pod, "metadata", "ownerReferences").stream()
                        .filter(reference -> Json.bool(reference, "controller"))
                        .findFirst()
                        .orElseGet(Json::object);
        Map<String, String> annotations = Json.stringMap(pod, "metadata", "annotations");
        return new Workload(
                Json.text(spec, "restartPolicy"),
                Json.text(controller, "kind"),
                Json.text(controller, "uid"),
                Json.number(spec, 0, "activeDeadlineSeconds"),
                Json.bool(spec, "hostNetwork"),
                containers(spec, "initContainers"),
                containers(spec, "containers"),
                containers(spec, "ephemeralContainers"),
                Json.objects(spec, "readinessGates").stream()
                        .map(gate -> Json.text(gate, "conditionType"))
                        .toList(),
                Knobs.of(annotations));
    }

    private static List<ContainerSpec> containers(ObjectNode spec, String list) {
        return Json.objects(spec, list).stream().map(ContainerSpec::of).toList();
    }

    /** All containers of all sorts. */
    Stream<ContainerSpec> all() {
        return Stream.of(init, main, ephemeral).flatMap(List::stream);
    }

    /** Whether a main container that has ended so is started again. */
    boolean restarts(ContainerSpec container, int exitCode) {
        String policy =
                container.restartPolicy().isEmpty() ? restartPolicy : container.restartPolicy();
        return switch (policy) {
            case "Never" -> false;
            case "OnFailure" -> exitCode != 0;
            default -> true;
        };
    }
}
