package dev.pilothouse.server.controller.services;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.objects.NamespacedName;
import dev.pilothouse.server.controller.objects.PodState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/**
 * What endpoint controllers need to know of a pod.
 *
 * @param key its name
 * @param uid its uid
 * @param labels its labels
 * @param node the node it runs on, empty before it is placed
 * @param ips its addresses, the first one being the main one
 * @param hostname its name within its subdomain, may be empty
 * @param subdomain the headless Service that gives it a name, may be empty
 * @param ended whether it has ended for good
 * @param ready whether it is ready
 * @param deleting whether it is going away
 * @param ports the ports of its containers
 * @param allotted for pods that share the loopback address of the host: which port of the host
 *     stands for a port of a container
 */
public record BackendPod(
        NamespacedName key,
        String uid,
        Map<String, String> labels,
        String node,
        List<String> ips,
        String hostname,
        String subdomain,
        boolean ended,
        boolean ready,
        boolean deleting,
        List<ContainerPort> ports,
        Map<Integer, Integer> allotted) {

    /** The annotation in which the node agent writes the allotted ports. */
    public static final String ALLOTTED_PORTS = "pilothouse.dev/ports";

    /** Copies the collections. */
    public BackendPod {
        labels = Map.copyOf(labels);
        ips = List.copyOf(ips);
        ports = List.copyOf(ports);
        allotted = Map.copyOf(allotted);
    }

    /** Reads a pod. */
    public static BackendPod of(ObjectNode pod) {
        return new BackendPod(
                NamespacedName.of(pod),
                Json.text(pod, "metadata", "uid"),
                Json.stringMap(pod, "metadata", "labels"),
                Json.text(pod, "spec", "nodeName"),
                addresses(pod),
                Json.text(pod, "spec", "hostname"),
                Json.text(pod, "spec", "subdomain"),
                PodState.isTerminal(pod),
                PodState.isReady(pod),
                PodState.isDeleting(pod),
                containerPorts(pod),
                parseAllotted(Json.text(pod, "metadata", "annotations", ALLOTTED_PORTS)));
    }

    /** The port that a port of a Service leads to; none when no container has one of its name. */
    public OptionalInt target(ServicePort port) {
        if (port.targetName().isEmpty()) {
            return OptionalInt.of(onHost(port.targetPort()));
        }
        for (ContainerPort candidate : ports) {
            if (candidate.name().equals(port.targetName())
                    && candidate.protocol().equals(port.protocol())) {
                return OptionalInt.of(onHost(candidate.port()));
            }
        }
        return OptionalInt.empty();
    }

    /** Whether a headless Service of this name gives the pod a name. */
    public boolean isNamedBy(ServiceView service) {
        return !hostname.isEmpty() && subdomain.equals(service.key().name());
    }

    private int onHost(int port) {
        return allotted.getOrDefault(port, port);
    }

    /** Reads pairs such as {@code 8080=41233,9090=41240}; what is not a pair is passed over. */
    static Map<Integer, Integer> parseAllotted(String text) {
        Map<Integer, Integer> ports = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            int at = pair.indexOf('=');
            if (at > 0) {
                try {
                    ports.put(
                            Integer.valueOf(pair.substring(0, at).strip()),
                            Integer.valueOf(pair.substring(at + 1).strip()));
                } catch (NumberFormatException _) {
                    continue;
                }
            }
        }
        return ports;
    }

    private static List<String> addresses(ObjectNode pod) {
        List<String> ips =
                Json.objects(pod, "status", "podIPs").stream()
                        .map(ip -> Json.text(ip, "ip"))
                        .filter(ip -> !ip.isEmpty())
                        .toList();
        String main = Json.text(pod, "status", "podIP");
        return ips.isEmpty() && !main.isEmpty() ? List.of(main) : ips;
    }

    private static List<ContainerPort> containerPorts(ObjectNode pod) {
        List<ContainerPort> ports = new ArrayList<>();
        Json.objects(pod, "spec", "containers").forEach(container -> addPorts(container, ports));
        for (ObjectNode init : Json.objects(pod, "spec", "initContainers")) {
            // Sidecars serve as well; others have ended before the pod serves.
            if (Json.text(init, "restartPolicy").equals("Always")) {
                addPorts(init, ports);
            }
        }
        return ports;
    }

    private static void addPorts(ObjectNode container, List<ContainerPort> ports) {
        for (ObjectNode port : Json.objects(container, "ports")) {
            String protocol = Json.text(port, "protocol");
            ports.add(
                    new ContainerPort(
                            Json.text(port, "name"),
                            (int) Json.number(port, 0, "containerPort"),
                            protocol.isEmpty() ? "TCP" : protocol));
        }
    }
}
