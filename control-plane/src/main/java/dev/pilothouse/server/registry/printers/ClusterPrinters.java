package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** Rows of nodes, namespaces and what namespaces are configured with. */
final class ClusterPrinters {

    private static final String ROLE_PREFIX = "node-role.kubernetes.io/";

    private ClusterPrinters() {}

    static void register(Registry registry) {
        registry.add(
                "",
                "nodes",
                ClusterPrinters::node,
                "Name",
                "Status",
                "Roles",
                "Age",
                "Version",
                "+Internal-IP",
                "+External-IP",
                "+OS-Image",
                "+Kernel-Version",
                "+Container-Runtime");
        registry.add(
                "",
                "namespaces",
                (o, now) ->
                        List.of(Cells.name(o), Json.text(o, "status", "phase"), Cells.age(o, now)),
                "Name",
                "Status",
                "Age");
        registry.add(
                "",
                "configmaps",
                (o, now) ->
                        List.of(
                                Cells.name(o),
                                Cells.size(o, "data") + Cells.size(o, "binaryData"),
                                Cells.age(o, now)),
                "Name",
                "Data",
                "Age");
        registry.add(
                "",
                "secrets",
                (o, now) ->
                        List.of(
                                Cells.name(o),
                                Json.text(o, "type"),
                                Cells.size(o, "data"),
                                Cells.age(o, now)),
                "Name",
                "Type",
                "Data",
                "Age");
        // The column of secrets went with Kubernetes 1.35.
        registry.add(
                "",
                "serviceaccounts",
                (o, now) -> List.of(Cells.name(o), Cells.age(o, now)),
                "Name",
                "Age");
        registry.add(
                "", "resourcequotas", ClusterPrinters::quota, "Name", "Request", "Limit", "Age");
        registry.add(
                "",
                "componentstatuses",
                ClusterPrinters::componentStatus,
                "Name",
                "Status",
                "Message",
                "Error");
    }

    private static List<Object> node(ObjectNode node, Instant now) {
        return List.of(
                Cells.name(node),
                nodeStatus(node),
                roles(node),
                Cells.age(node, now),
                Json.text(node, "status", "nodeInfo", "kubeletVersion"),
                address(node, "InternalIP"),
                address(node, "ExternalIP"),
                Cells.textOr(node, "<unknown>", "status", "nodeInfo", "osImage"),
                Cells.textOr(node, "<unknown>", "status", "nodeInfo", "kernelVersion"),
                Cells.textOr(node, "<unknown>", "status", "nodeInfo", "containerRuntimeVersion"));
    }

    private static String nodeStatus(ObjectNode node) {
        String status = "Unknown";
        for (ObjectNode condition : Json.objects(node, "status", "conditions")) {
            if (Json.text(condition, "type").equals("Ready")) {
                status = Json.text(condition, "status").equals("True") ? "Ready" : "NotReady";
            }
        }
        return Json.bool(node, "spec", "unschedulable") ? status + ",SchedulingDisabled" : status;
    }

    private static String roles(ObjectNode node) {
        TreeSet<String> roles = new TreeSet<>();
        for (Map.Entry<String, String> label :
                Json.stringMap(node, "metadata", "labels").entrySet()) {
            if (label.getKey().startsWith(ROLE_PREFIX)) {
                roles.add(label.getKey().substring(ROLE_PREFIX.length()));
            } else if (label.getKey().equals("kubernetes.io/role")) {
                roles.add(label.getValue());
            }
        }
        roles.remove("");
        return roles.isEmpty() ? Cells.NONE : String.join(",", roles);
    }

    private static String address(ObjectNode node, String type) {
        return Json.objects(node, "status", "addresses").stream()
                .filter(address -> Json.text(address, "type").equals(type))
                .map(address -> Json.text(address, "address"))
                .findFirst()
                .orElse(Cells.NONE);
    }

    private static List<Object> quota(ObjectNode quota, Instant now) {
        StringBuilder requests = new StringBuilder();
        StringBuilder limits = new StringBuilder();
        ObjectNode hard = Json.objectAt(quota, "status", "hard");
        for (String resource :
                hard == null
                        ? List.<String>of()
                        : hard.propertyNames().stream().sorted().toList()) {
            StringBuilder column = resource.startsWith("limits.") ? limits : requests;
            column.append(column.isEmpty() ? "" : ", ");
            column.append(resource)
                    .append(": ")
                    .append(Cells.anyOr(quota, "0", "status", "used", resource))
                    .append('/')
                    .append(Cells.anyOr(hard, "0", resource));
        }
        return List.of(
                Cells.name(quota), requests.toString(), limits.toString(), Cells.age(quota, now));
    }

    private static List<Object> componentStatus(ObjectNode object, Instant now) {
        String status = "Unknown";
        String message = "";
        String error = "";
        for (ObjectNode condition : Json.objects(object, "conditions")) {
            if (Json.text(condition, "type").equals("Healthy")) {
                boolean healthy = Json.text(condition, "status").equals("True");
                status = healthy ? "Healthy" : "Unhealthy";
                message = Json.text(condition, "message");
                error = Json.text(condition, "error");
                if (error.equals("nil")) {
                    error = "";
                }
                break;
            }
        }
        return List.of(Cells.name(object), status, message, error);
    }
}
