package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows of ingresses, endpoints, policies and addresses. */
final class NetworkPrinters {

    private static final String NETWORKING = "networking.k8s.io";
    private static final int SHOWN = 3;

    private NetworkPrinters() {}

    static void register(Registry registry) {
        registry.add(
                "",
                "services",
                ServiceRow::cells,
                "Name",
                "Type",
                "Cluster-IP",
                "External-IP",
                "Port(s)",
                "Age",
                "+Selector");
        registry.add(
                NETWORKING,
                "ingresses",
                NetworkPrinters::ingress,
                "Name",
                "Class",
                "Hosts",
                "Address",
                "Ports",
                "Age");
        registry.add(
                NETWORKING,
                "ingressclasses",
                NetworkPrinters::ingressClass,
                "Name",
                "Controller",
                "Parameters",
                "Age");
        registry.add(
                NETWORKING,
                "networkpolicies",
                (o, now) ->
                        List.of(
                                Cells.name(o),
                                LabelSelectors.format(Json.at(o, "spec", "podSelector")),
                                Cells.age(o, now)),
                "Name",
                "Pod-Selector",
                "Age");
        registry.add(NETWORKING, "ipaddresses", NetworkPrinters::ipAddress, "Name", "ParentRef");
        registry.add(
                NETWORKING,
                "servicecidrs",
                (o, now) ->
                        List.of(
                                Cells.name(o),
                                Cells.join(o, ",", "spec", "cidrs"),
                                Cells.age(o, now)),
                "Name",
                "CIDRs",
                "Age");
        registry.add(
                "",
                "endpoints",
                (o, now) -> List.of(Cells.name(o), endpoints(o), Cells.age(o, now)),
                "Name",
                "Endpoints",
                "Age");
        registry.add(
                "discovery.k8s.io",
                "endpointslices",
                NetworkPrinters::endpointSlice,
                "Name",
                "AddressType",
                "Ports",
                "Endpoints",
                "Age");
    }

    private static List<Object> ingress(ObjectNode ingress, Instant now) {
        return List.of(
                Cells.name(ingress),
                Cells.textOr(ingress, Cells.NONE, "spec", "ingressClassName"),
                hosts(ingress),
                ServiceRow.loadBalancer(ingress),
                Cells.size(ingress, "spec", "tls") > 0 ? "80, 443" : "80",
                Cells.age(ingress, now));
    }

    private static String hosts(ObjectNode ingress) {
        List<ObjectNode> rules = Json.objects(ingress, "spec", "rules");
        List<String> hosts = new ArrayList<>();
        boolean more = false;
        for (ObjectNode rule : rules) {
            String host = Json.text(rule, "host");
            if (hosts.size() == SHOWN) {
                more = true;
            } else if (!host.isEmpty()) {
                hosts.add(host);
            }
        }
        if (hosts.isEmpty()) {
            return "*";
        }
        String text = String.join(",", hosts);
        return more ? text + " + " + (rules.size() - SHOWN) + " more..." : text;
    }

    private static List<Object> ingressClass(ObjectNode object, Instant now) {
        JsonNode parameters = Json.at(object, "spec", "parameters");
        String text = Cells.NONE;
        if (parameters != null) {
            String group = Json.text(parameters, "apiGroup");
            text = Json.text(parameters, "kind");
            text += (group.isEmpty() ? "" : "." + group) + "/" + Json.text(parameters, "name");
        }
        return List.of(
                Cells.name(object),
                Json.text(object, "spec", "controller"),
                text,
                Cells.age(object, now));
    }

    private static List<Object> ipAddress(ObjectNode object, Instant now) {
        JsonNode parent = Json.at(object, "spec", "parentRef");
        List<String> parts = new ArrayList<>();
        for (String field : List.of("resource", "namespace", "name")) {
            String part = Json.text(parent, field);
            if (field.equals("resource")) {
                String group = Json.text(parent, "group");
                part = group.isEmpty() ? part : part + "." + group;
            }
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return List.of(Cells.name(object), String.join("/", parts));
    }

    private static String endpoints(ObjectNode object) {
        List<ObjectNode> subsets = Json.objects(object, "subsets");
        if (subsets.isEmpty()) {
            return Cells.NONE;
        }
        List<String> all = new ArrayList<>();
        for (ObjectNode subset : subsets) {
            List<ObjectNode> addresses = Json.objects(subset, "addresses");
            List<ObjectNode> ports = Json.objects(subset, "ports");
            if (ports.isEmpty()) {
                addresses.forEach(address -> all.add(Json.text(address, "ip")));
            }
            for (ObjectNode port : ports) {
                for (ObjectNode address : addresses) {
                    all.add(hostPort(Json.text(address, "ip"), Cells.number(port, "port")));
                }
            }
        }
        return Cells.some(all, SHOWN, ",");
    }

    private static String hostPort(String ip, long port) {
        return (ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip) + ":" + port;
    }

    private static List<Object> endpointSlice(ObjectNode slice, Instant now) {
        List<String> ports =
                Json.objects(slice, "ports").stream()
                        .map(port ->
                                Json.at(port, "port") == null
                                        ? Cells.textOr(port, "*", "name")
                                        : Long.toString(Cells.number(port, "port")))
                        .toList();
        List<String> addresses =
                Json.objects(slice, "endpoints").stream()
                        .flatMap(endpoint -> endpoint.path("addresses").valueStream())
                        .map(Cells::plain)
                        .collect(Collectors.toList());
        return List.of(
                Cells.name(slice),
                Json.text(slice, "addressType"),
                ports.isEmpty() ? Cells.UNSET : Cells.some(ports, SHOWN, ","),
                addresses.isEmpty() ? Cells.UNSET : Cells.some(addresses, SHOWN, ","),
                Cells.age(slice, now));
    }
}
