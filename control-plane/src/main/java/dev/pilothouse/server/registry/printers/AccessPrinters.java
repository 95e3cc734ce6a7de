package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.HumanDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows of role bindings and signing requests. */
final class AccessPrinters {

    private static final String RBAC = "rbac.authorization.k8s.io";

    private AccessPrinters() {}

    static void register(Registry registry) {
        for (String bindings : List.of("rolebindings", "clusterrolebindings")) {
            registry.add(
                    RBAC,
                    bindings,
                    AccessPrinters::binding,
                    "Name",
                    "Role",
                    "Age",
                    "+Users",
                    "+Groups",
                    "+ServiceAccounts");
        }
        registry.add(
                "certificates.k8s.io",
                "certificatesigningrequests",
                AccessPrinters::signingRequest,
                "Name",
                "Age",
                "SignerName",
                "Requestor",
                "RequestedDuration",
                "Condition");
    }

    private static List<Object> binding(ObjectNode binding, Instant now) {
        return List.of(
                Cells.name(binding),
                Json.text(binding, "roleRef", "kind") + "/" + Json.text(binding, "roleRef", "name"),
                Cells.age(binding, now),
                subjects(binding, "User"),
                subjects(binding, "Group"),
                subjects(binding, "ServiceAccount"));
    }

    private static String subjects(ObjectNode binding, String kind) {
        return Json.objects(binding, "subjects").stream()
                .filter(subject -> Json.text(subject, "kind").equals(kind))
                .map(subject ->
                        kind.equals("ServiceAccount")
                                ? Json.text(subject, "namespace") + "/" + Json.text(subject, "name")
                                : Json.text(subject, "name"))
                .collect(Collectors.joining(", "));
    }

    private static List<Object> signingRequest(ObjectNode request, Instant now) {
        JsonNode seconds = Json.at(request, "spec", "expirationSeconds");
        return List.of(
                Cells.name(request),
                Cells.age(request, now),
                Cells.textOr(request, Cells.NONE, "spec", "signerName"),
                Json.text(request, "spec", "username"),
                seconds == null
                        ? Cells.NONE
                        : HumanDuration.of(Duration.ofSeconds(seconds.asLong())),
                condition(request));
    }

    private static String condition(ObjectNode request) {
        List<String> types =
                Json.objects(request, "status", "conditions").stream()
                        .map(condition -> Json.text(condition, "type"))
                        .toList();
        String status =
                types.contains("Denied")
                        ? "Denied"
                        : types.contains("Approved") ? "Approved" : "Pending";
        status += types.contains("Failed") ? ",Failed" : "";
        return Json.text(request, "status", "certificate").isEmpty() ? status : status + ",Issued";
    }
}
