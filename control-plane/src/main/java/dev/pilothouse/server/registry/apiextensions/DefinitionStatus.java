package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The status of a definition: accepted names and conditions. Source: apiextensions-apiserver
 * pkg/controller/status, establish, finalizer and apiapproval.
 */
final class DefinitionStatus {

    private final ObjectNode status;
    private final Instant now;

    private DefinitionStatus(ObjectNode status, Instant now) {
        this.status = status;
        this.now = now;
    }

    /** The status that a definition should have, made of the one it has. */
    static ObjectNode of(ObjectNode definition, AcceptedNames names, Instant now) {
        ObjectNode present = Json.objectAt(definition, "status");
        ObjectNode next = Json.object();
        next.set("acceptedNames", names.names());
        ArrayNode conditions = Json.arrayAt(present, "conditions");
        next.set("conditions", conditions == null ? Json.array() : conditions.deepCopy());
        ArrayNode stored = Json.arrayAt(present, "storedVersions");
        next.set("storedVersions", stored == null ? Json.array() : stored.deepCopy());
        DefinitionStatus status = new DefinitionStatus(next, now);
        status.names(names);
        status.established(names);
        status.approval(definition);
        if (Json.at(definition, "metadata", "deletionTimestamp") != null) {
            status.terminating();
        }
        return next;
    }

    /** Notes that instances cannot be deleted, and why; trying goes on. */
    static void deletionFailed(ObjectNode status, String why, Instant now) {
        new DefinitionStatus(status, now).set("Terminating", true, "InstanceDeletionFailed", why);
    }

    private void names(AcceptedNames names) {
        set("NamesAccepted", names.allAccepted(), names.reason(), names.message());
    }

    private void established(AcceptedNames names) {
        if (names.allAccepted()) {
            set(
                    "Established",
                    true,
                    "InitialNamesAccepted",
                    "the initial names have been accepted");
        } else if (!isTrue(status, "Established")) {
            set("Established", false, "NotAccepted", "not all names are accepted");
        }
    }

    private void approval(ObjectNode definition) {
        if (!ApiApproval.isProtected(Json.text(definition, "spec", "group"))) {
            return;
        }
        String annotation = ApiApproval.annotation(definition);
        if (ApiApproval.isBypassed(annotation)) {
            set(
                    "KubernetesAPIApprovalPolicyConformant",
                    false,
                    "UnapprovedAnnotation",
                    "not approved: \"" + annotation + "\"");
        } else {
            set(
                    "KubernetesAPIApprovalPolicyConformant",
                    true,
                    "ApprovedAnnotation",
                    "approved in " + annotation);
        }
    }

    private void terminating() {
        if (!isTrue(status, "Terminating")) {
            set(
                    "Terminating",
                    true,
                    "InstanceDeletionInProgress",
                    "CustomResource deletion is in progress");
        }
    }

    /** Whether a condition holds. */
    static boolean isTrue(ObjectNode status, String type) {
        return Json.objects(status, "conditions").stream()
                .anyMatch(condition ->
                        Json.text(condition, "type").equals(type)
                                && Json.text(condition, "status").equals("True"));
    }

    private void set(String type, boolean holds, String reason, String message) {
        String value = holds ? "True" : "False";
        ObjectNode condition = null;
        for (ObjectNode present : Json.objects(status, "conditions")) {
            if (Json.text(present, "type").equals(type)) {
                condition = present;
            }
        }
        if (condition == null) {
            ArrayNode conditions = Json.arrayAt(status, "conditions");
            condition =
                    (conditions == null ? status.putArray("conditions") : conditions).addObject();
        }
        if (!Json.text(condition, "status").equals(value)) {
            condition.put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
        }
        condition
                .put("message", message)
                .put("reason", reason)
                .put("status", value)
                .put("type", type);
    }
}
