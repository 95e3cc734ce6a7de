package dev.pilothouse.server.proxy;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.proxy.ServiceView.Ingress;
import dev.pilothouse.server.proxy.ServiceView.IngressPort;
import dev.pilothouse.server.proxy.ServiceView.Port;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the status of a Service should say of its load balancer. Source: KEP-1435, KEP-1860. */
final class BalancerStatus {

    private static final String TAKEN = "pilothouse.dev/port-not-available";

    private BalancerStatus() {}

    /**
     * A merge patch of the status, or null when it says already what it should.
     *
     * @param listening tells whether the load balancer listens on a port
     */
    static @Nullable ObjectNode patch(ServiceView service, IntPredicate listening) {
        boolean balanced = service.balanced() && !service.clusterIp().isEmpty();
        List<Ingress> wanted = balanced ? List.of(ingress(service.ports(), listening)) : List.of();
        if (wanted.equals(service.ingress()) || (!balanced && !isOurs(service.ingress()))) {
            return null;
        }
        ObjectNode patch = Json.object();
        ObjectNode status = patch.putObject("status");
        if (wanted.isEmpty()) {
            status.putObject("loadBalancer").putNull("ingress");
        } else {
            write(status.putObject("loadBalancer").putArray("ingress"), wanted.getFirst());
        }
        return patch;
    }

    /** Other load balancers, those of other classes among them, answer for themselves. */
    private static boolean isOurs(List<Ingress> ingress) {
        return ingress.size() == 1
                && ingress.getFirst().ip().equals(LoopbackAddresses.LOCALHOST.getHostAddress());
    }

    private static Ingress ingress(List<Port> ports, IntPredicate listening) {
        return new Ingress(
                LoopbackAddresses.LOCALHOST.getHostAddress(),
                ports.stream()
                        .map(port ->
                                new IngressPort(
                                        port.port(), listening.test(port.port()) ? "" : TAKEN))
                        .toList());
    }

    private static void write(ArrayNode array, Ingress ingress) {
        ObjectNode entry = array.addObject();
        entry.put("ip", ingress.ip());
        entry.put("ipMode", "Proxy");
        ArrayNode ports = entry.putArray("ports");
        for (IngressPort port : ingress.ports()) {
            ObjectNode json = ports.addObject();
            json.put("port", port.port());
            json.put("protocol", "TCP");
            if (!port.error().isEmpty()) {
                json.put("error", port.error());
            }
        }
    }
}
