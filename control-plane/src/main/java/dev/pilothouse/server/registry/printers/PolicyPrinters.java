package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.json.Json;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows of disruption budgets, priorities, admission and flow control. */
final class PolicyPrinters {

    private static final String ADMISSION = "admissionregistration.k8s.io";
    private static final String FLOW = "flowcontrol.apiserver.k8s.io";

    private PolicyPrinters() {}

    static void register(Registry registry) {
        registry.add(
                "policy",
                "poddisruptionbudgets",
                PolicyPrinters::budget,
                "Name",
                "Min Available",
                "Max Unavailable",
                "Allowed Disruptions:integer",
                "Age");
        registry.add(
                "scheduling.k8s.io",
                "priorityclasses",
                PolicyPrinters::priorityClass,
                "Name",
                "Value:integer",
                "Global-Default:boolean",
                "Age",
                "PreemptionPolicy");
        registry.add(
                "node.k8s.io",
                "runtimeclasses",
                (o, now) -> List.of(Cells.name(o), Json.text(o, "handler"), Cells.age(o, now)),
                "Name",
                "Handler",
                "Age");
        registry.add(
                "coordination.k8s.io",
                "leases",
                (o, now) ->
                        List.of(
                                Cells.name(o),
                                Json.text(o, "spec", "holderIdentity"),
                                Cells.age(o, now)),
                "Name",
                "Holder",
                "Age");
        admission(registry);
        registry.add(
                FLOW,
                "flowschemas",
                PolicyPrinters::flowSchema,
                "Name",
                "PriorityLevel",
                "MatchingPrecedence",
                "DistinguisherMethod",
                "Age",
                "MissingPL");
        registry.add(
                FLOW,
                "prioritylevelconfigurations",
                PolicyPrinters::priorityLevel,
                "Name",
                "Type",
                "NominalConcurrencyShares",
                "Queues",
                "HandSize",
                "QueueLengthLimit",
                "Age");
    }

    private static void admission(Registry registry) {
        for (String kind : List.of("mutating", "validating")) {
            registry.add(
                    ADMISSION,
                    kind + "webhookconfigurations",
                    (o, now) ->
                            List.of(Cells.name(o), Cells.size(o, "webhooks"), Cells.age(o, now)),
                    "Name",
                    "Webhooks:integer",
                    "Age");
            registry.add(
                    ADMISSION,
                    kind + "admissionpolicybindings",
                    PolicyPrinters::policyBinding,
                    "Name",
                    "PolicyName",
                    "ParamRef",
                    "Age");
        }
        registry.add(
                ADMISSION,
                "validatingadmissionpolicies",
                (o, now) -> policy(o, "validations", now),
                "Name",
                "Validations:integer",
                "ParamKind",
                "Age");
        registry.add(
                ADMISSION,
                "mutatingadmissionpolicies",
                (o, now) -> policy(o, "mutations", now),
                "Name",
                "Mutations:integer",
                "ParamKind",
                "Age");
    }

    private static List<Object> budget(ObjectNode budget, Instant now) {
        return List.of(
                Cells.name(budget),
                Cells.anyOr(budget, "N/A", "spec", "minAvailable"),
                Cells.anyOr(budget, "N/A", "spec", "maxUnavailable"),
                Cells.number(budget, "status", "disruptionsAllowed"),
                Cells.age(budget, now));
    }

    private static List<Object> priorityClass(ObjectNode object, Instant now) {
        return List.of(
                Cells.name(object),
                Cells.number(object, "value"),
                Json.bool(object, "globalDefault"),
                Cells.age(object, now),
                Json.text(object, "preemptionPolicy"));
    }

    private static List<Object> policy(ObjectNode policy, String rules, Instant now) {
        JsonNode paramKind = Json.at(policy, "spec", "paramKind");
        String text =
                paramKind == null
                        ? Cells.UNSET
                        : Json.text(paramKind, "apiVersion") + "/" + Json.text(paramKind, "kind");
        return List.of(
                Cells.name(policy),
                Cells.size(policy, "spec", rules),
                text,
                Cells.age(policy, now));
    }

    private static List<Object> policyBinding(ObjectNode binding, Instant now) {
        JsonNode param = Json.at(binding, "spec", "paramRef");
        String text = Cells.UNSET;
        if (param != null) {
            String namespace = Json.text(param, "namespace");
            String name = Json.text(param, "name");
            text = namespace.isEmpty() ? name : namespace + "/" + name;
        }
        return List.of(
                Cells.name(binding),
                Json.text(binding, "spec", "policyName"),
                text,
                Cells.age(binding, now));
    }

    private static List<Object> flowSchema(ObjectNode object, Instant now) {
        String missing =
                Json.objects(object, "status", "conditions").stream()
                        .filter(condition -> Json.text(condition, "type").equals("Dangling"))
                        .map(condition -> Json.text(condition, "status"))
                        .findFirst()
                        .orElse("?");
        return List.of(
                Cells.name(object),
                Json.text(object, "spec", "priorityLevelConfiguration", "name"),
                Cells.number(object, "spec", "matchingPrecedence"),
                Cells.textOr(object, Cells.NONE, "spec", "distinguisherMethod", "type"),
                Cells.age(object, now),
                missing);
    }

    private static List<Object> priorityLevel(ObjectNode object, Instant now) {
        JsonNode spec = Json.at(object, "spec");
        boolean exempt = Json.text(spec, "type").equals("Exempt");
        JsonNode limits = Json.at(spec, exempt ? "exempt" : "limited");
        JsonNode queuing = Json.at(limits, "limitResponse", "queuing");
        return List.of(
                Cells.name(object),
                Json.text(spec, "type"),
                Cells.anyOr(limits, Cells.NONE, "nominalConcurrencyShares"),
                Cells.anyOr(queuing, Cells.NONE, "queues"),
                Cells.anyOr(queuing, Cells.NONE, "handSize"),
                Cells.anyOr(queuing, Cells.NONE, "queueLengthLimit"),
                Cells.age(object, now));
    }
}
