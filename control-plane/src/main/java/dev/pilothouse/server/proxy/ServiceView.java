package dev.pilothouse.server.proxy;

import dev.pilothouse.model.json.Json;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the proxy needs to know of a Service.
 *
 * @param namespace its namespace
 * @param name its name
 * @param balanced whether it is of type LoadBalancer and of the default class
 * @param clusterIp its first cluster IP; empty for a headless or external one
 * @param ports its TCP ports
 * @param affinity how long a client stays with a pod, or null for not at all
 * @param deleting whether it is on its way out
 * @param ingress the status of its load balancer
 */
record ServiceView(
        String namespace,
        String name,
        boolean balanced,
        String clusterIp,
        List<Port> ports,
        @Nullable Duration affinity,
        boolean deleting,
        List<Ingress> ingress) {

    private static final long DEFAULT_AFFINITY_SECONDS = 10_800;

    /**
     * A port of a Service.
     *
     * @param name its name, empty when it is the only one
     * @param port the Service's port
     * @param nodePort the port on every node, or 0
     */
    record Port(String name, int port, int nodePort) {}

    /**
     * Where a load balancer is reached.
     *
     * @param ip its address
     * @param ports what it says of each port
     */
    record Ingress(String ip, List<IngressPort> ports) {}

    /**
     * A port of a load balancer.
     *
     * @param port which
     * @param error why it is not there; empty when it is
     */
    record IngressPort(int port, String error) {}

    /** Reads a Service. */
    static ServiceView of(ObjectNode service) {
        String type = Json.text(service, "spec", "type");
        String clusterIp = Json.text(service, "spec", "clusterIP");
        boolean external = type.equals("ExternalName") || clusterIp.equals("None");
        return new ServiceView(
                Json.text(service, "metadata", "namespace"),
                Json.text(service, "metadata", "name"),
                type.equals("LoadBalancer")
                        && Json.text(service, "spec", "loadBalancerClass").isEmpty(),
                external ? "" : clusterIp,
                Json.objects(service, "spec", "ports").stream()
                        .filter(port -> Protocols.isTcp(port))
                        .map(ServiceView::port)
                        .toList(),
                affinity(service),
                Json.at(service, "metadata", "deletionTimestamp") != null,
                Json.objects(service, "status", "loadBalancer", "ingress").stream()
                        .map(ServiceView::ingress)
                        .toList());
    }

    private static Port port(ObjectNode port) {
        return new Port(
                Json.text(port, "name"),
                (int) Json.number(port, 0, "port"),
                (int) Json.number(port, 0, "nodePort"));
    }

    private static Ingress ingress(ObjectNode ingress) {
        return new Ingress(
                Json.text(ingress, "ip"),
                Json.objects(ingress, "ports").stream()
                        .map(port ->
                                new IngressPort(
                                        (int) Json.number(port, 0, "port"),
                                        Json.text(port, "error")))
                        .toList());
    }

    private static @Nullable Duration affinity(ObjectNode service) {
        if (!Json.text(service, "spec", "sessionAffinity").equals("ClientIP")) {
            return null;
        }
        return Duration.ofSeconds(
                Json.number(
                        service,
                        DEFAULT_AFFINITY_SECONDS,
                        "spec",
                        "sessionAffinityConfig",
                        "clientIP",
                        "timeoutSeconds"));
    }
}
