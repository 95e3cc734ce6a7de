package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Rows of services. Source: pkg/printers/internalversion printService. */
final class ServiceRow {

    private ServiceRow() {}

    static List<Object> cells(ObjectNode service, Instant now) {
        String ports =
                Json.objects(service, "spec", "ports").stream()
                        .map(ServiceRow::port)
                        .collect(Collectors.joining(","));
        return List.of(
                Cells.name(service),
                Json.text(service, "spec", "type"),
                clusterIp(service),
                externalIp(service),
                ports.isEmpty() ? Cells.NONE : ports,
                Cells.age(service, now),
                Cells.labels(service, "spec", "selector"));
    }

    /** Addresses of a load balancer, sorted; those of ingresses have the same shape. */
    static String loadBalancer(ObjectNode object) {
        TreeSet<String> addresses = new TreeSet<>();
        for (ObjectNode ingress : Json.objects(object, "status", "loadBalancer", "ingress")) {
            String address = Cells.textOr(ingress, Json.text(ingress, "hostname"), "ip");
            if (!address.isEmpty()) {
                addresses.add(address);
            }
        }
        return String.join(",", addresses);
    }

    private static String clusterIp(ObjectNode service) {
        String first = Cells.textOr(service, Cells.NONE, "spec", "clusterIP");
        String all = Cells.join(service, ",", "spec", "clusterIPs");
        int comma = all.indexOf(',');
        return all.isEmpty() ? first : comma < 0 ? all : all.substring(0, comma);
    }

    private static String externalIp(ObjectNode service) {
        String external = Cells.join(service, ",", "spec", "externalIPs");
        return switch (Json.text(service, "spec", "type")) {
            case "ClusterIP", "NodePort" -> external.isEmpty() ? Cells.NONE : external;
            case "LoadBalancer" -> {
                String balancer = loadBalancer(service);
                if (external.isEmpty()) {
                    yield balancer.isEmpty() ? "<pending>" : balancer;
                }
                yield balancer.isEmpty() ? external : balancer + "," + external;
            }
            case "ExternalName" -> Json.text(service, "spec", "externalName");
            default -> "<unknown>";
        };
    }

    private static String port(ObjectNode port) {
        long nodePort = Cells.number(port, "nodePort");
        String protocol = Cells.textOr(port, "TCP", "protocol");
        String number = Long.toString(Cells.number(port, "port"));
        return (nodePort > 0 ? number + ":" + nodePort : number) + "/" + protocol;
    }
}
