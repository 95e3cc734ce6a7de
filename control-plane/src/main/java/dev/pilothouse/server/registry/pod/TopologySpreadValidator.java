package dev.pilothouse.server.registry.pod;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.LabelSelectorValidator;
import dev.pilothouse.server.registry.validation.LabelsValidator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks how pods shall spread over topologies. */
final class TopologySpreadValidator {

    private static final List<String> ACTIONS = List.of("DoNotSchedule", "ScheduleAnyway");
    private static final List<String> POLICIES = List.of("Honor", "Ignore");

    private TopologySpreadValidator() {}

    static void validate(JsonNode spec, FieldPath path, FieldErrors errors) {
        if (!spec.has("topologySpreadConstraints")) {
            return;
        }
        Set<String> seen = new HashSet<>();
        int index = 0;
        for (JsonNode constraint : spec.path("topologySpreadConstraints")) {
            FieldPath at = path.child("topologySpreadConstraints").index(index++);
            constraint(constraint, at, errors);
            String pair =
                    "{"
                            + FieldChecks.text(constraint, "topologyKey")
                            + ", "
                            + FieldChecks.text(constraint, "whenUnsatisfiable")
                            + "}";
            if (!seen.add(pair)) {
                errors.duplicate(at.child("{topologyKey, whenUnsatisfiable}"), pair);
            }
        }
    }

    private static void constraint(JsonNode constraint, FieldPath path, FieldErrors errors) {
        long maxSkew = constraint.path("maxSkew").asLong(0);
        if (maxSkew <= 0) {
            errors.invalid(path.child("maxSkew"), maxSkew, "must be greater than zero");
        }
        String key = FieldChecks.text(constraint, "topologyKey");
        if (key.isEmpty()) {
            errors.required(path.child("topologyKey"), "can not be empty");
        } else {
            LabelsValidator.validateKey(key, path.child("topologyKey"), errors);
        }
        String action = FieldChecks.text(constraint, "whenUnsatisfiable");
        if (!ACTIONS.contains(action)) {
            errors.notSupported(path.child("whenUnsatisfiable"), action, ACTIONS);
        }
        minDomains(constraint, action, path.child("minDomains"), errors);
        FieldChecks.optionalOneOf(constraint, "nodeAffinityPolicy", POLICIES, path, errors);
        FieldChecks.optionalOneOf(constraint, "nodeTaintsPolicy", POLICIES, path, errors);
        matchLabelKeys(constraint, path, errors);
        LabelSelectorValidator.validate(
                Json.objectAt(constraint, "labelSelector"), path.child("labelSelector"), errors);
    }

    private static void minDomains(
            JsonNode constraint, String action, FieldPath path, FieldErrors errors) {
        JsonNode domains = constraint.get("minDomains");
        if (domains == null) {
            return;
        }
        if (domains.asLong(0) <= 0) {
            errors.invalid(path, domains, "must be greater than zero");
        }
        if (!action.equals("DoNotSchedule")) {
            errors.invalid(
                    path,
                    domains,
                    "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + action);
        }
    }

    private static void matchLabelKeys(JsonNode constraint, FieldPath path, FieldErrors errors) {
        if (constraint.path("matchLabelKeys").isEmpty()) {
            return;
        }
        FieldPath at = path.child("matchLabelKeys");
        if (!constraint.has("labelSelector")) {
            errors.forbidden(at, "must not be specified when labelSelector is not set");
        }
        int index = 0;
        for (JsonNode key : constraint.path("matchLabelKeys")) {
            LabelsValidator.validateKey(key.asString(""), at.index(index++), errors);
        }
    }
}
