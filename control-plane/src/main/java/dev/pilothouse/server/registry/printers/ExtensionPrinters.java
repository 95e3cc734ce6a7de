package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows of API services and of dynamic resource allocation. */
final class ExtensionPrinters {

    private static final String RESOURCE = "resource.k8s.io";

    private static final String[] METRICS_COLUMNS = {"Name", "CPU", "Memory", "Window"};

    private ExtensionPrinters() {}

    static void register(Registry registry) {
        registry.add(
                "apiregistration.k8s.io",
                "apiservices",
                ExtensionPrinters::apiService,
                "Name",
                "Service",
                "Available",
                "Age");
        registry.add("metrics.k8s.io", "nodes", ExtensionPrinters::metrics, METRICS_COLUMNS);
        registry.add("metrics.k8s.io", "pods", ExtensionPrinters::metrics, METRICS_COLUMNS);
        for (String plain : List.of("deviceclasses", "resourceclaimtemplates")) {
            registry.add(
                    RESOURCE,
                    plain,
                    (o, now) -> List.of(Cells.name(o), Cells.age(o, now)),
                    "Name",
                    "Age");
        }
        registry.add(
                RESOURCE,
                "resourceclaims",
                (o, now) -> List.of(Cells.name(o), claimState(o), Cells.age(o, now)),
                "Name",
                "State",
                "Age");
        registry.add(
                RESOURCE,
                "resourceslices",
                (o, now) ->
                        List.of(
                                Cells.name(o),
                                Json.text(o, "spec", "nodeName"),
                                Json.text(o, "spec", "driver"),
                                Json.text(o, "spec", "pool", "name"),
                                Cells.age(o, now)),
                "Name",
                "Node",
                "Driver",
                "Pool",
                "Age");
    }

    /** Sums of the containers, as metrics-server prints them. */
    private static List<Object> metrics(ObjectNode object, Instant now) {
        return List.of(
                Cells.name(object),
                used(object, "cpu"),
                used(object, "memory"),
                Json.text(object, "window"));
    }

    private static String used(ObjectNode object, String resource) {
        Quantity sum = Quantity.ZERO;
        List<ObjectNode> users = Json.objects(object, "containers");
        for (ObjectNode user : users.isEmpty() ? List.of(object) : users) {
            String text = Json.text(user, "usage", resource);
            sum = sum.add(Quantity.isValid(text) ? Quantity.parse(text) : Quantity.ZERO);
        }
        return resource.equals("cpu") ? sum.milliValue() + "m" : sum.value() / (1 << 20) + "Mi";
    }

    /** Source: kube-aggregator registry/apiservice ConvertToTable. */
    private static List<Object> apiService(ObjectNode object, Instant now) {
        JsonNode service = Json.at(object, "spec", "service");
        String backend =
                service == null
                        ? "Local"
                        : Json.text(service, "namespace") + "/" + Json.text(service, "name");
        return List.of(Cells.name(object), backend, available(object), Cells.age(object, now));
    }

    private static String available(ObjectNode object) {
        for (ObjectNode condition : Json.objects(object, "status", "conditions")) {
            if (Json.text(condition, "type").equals("Available")) {
                String status = Json.text(condition, "status");
                return status.equals("True")
                        ? status
                        : status + " (" + Json.text(condition, "reason") + ")";
            }
        }
        return "Unknown";
    }

    private static String claimState(ObjectNode claim) {
        List<String> states = new ArrayList<>();
        boolean deleted = Cells.terminating(claim);
        if (deleted) {
            states.add("deleted");
        }
        if (Json.at(claim, "status", "allocation") != null) {
            states.add("allocated");
            if (Cells.size(claim, "status", "reservedFor") > 0) {
                states.add("reserved");
            }
        } else if (!deleted) {
            states.add("pending");
        }
        return String.join(",", states);
    }
}
