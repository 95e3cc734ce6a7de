package dev.pilothouse.server.registry.batch;

import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks what a job does about pods that fail (KEP 3329). */
final class PodFailurePolicyValidator {

    private static final int MAX_RULES = 20;
    private static final int MAX_VALUES = 255;
    private static final List<String> ACTIONS = List.of("Count", "FailIndex", "FailJob", "Ignore");
    private static final List<String> OPERATORS = List.of("In", "NotIn");
    private static final List<String> STATUSES = List.of("False", "True", "Unknown");

    private PodFailurePolicyValidator() {}

    static void validate(JsonNode spec, FieldPath path, FieldErrors errors) {
        FieldPath at = path.child("podFailurePolicy").child("rules");
        JsonNode rules = spec.path("podFailurePolicy").path("rules");
        if (rules.size() > MAX_RULES) {
            errors.tooMany(at, rules.size(), MAX_RULES);
        }
        Set<String> containers = new HashSet<>();
        JsonNode pod = spec.path("template").path("spec");
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : pod.path(list)) {
                containers.add(FieldChecks.text(container, "name"));
            }
        }
        int index = 0;
        for (JsonNode rule : rules) {
            rule(rule, spec, containers, at.index(index++), errors);
        }
    }

    private static void rule(
            JsonNode rule,
            JsonNode spec,
            Set<String> containers,
            FieldPath path,
            FieldErrors errors) {
        FieldChecks.requiredOneOf(rule, "action", ACTIONS, path, errors);
        if (FieldChecks.text(rule, "action").equals("FailIndex")
                && !spec.has("backoffLimitPerIndex")) {
            errors.invalid(
                    path.child("action"),
                    "FailIndex",
                    "requires the backoffLimitPerIndex to be set");
        }
        boolean codes = FieldChecks.has(rule, "onExitCodes");
        boolean conditions = !rule.path("onPodConditions").isEmpty();
        if (codes) {
            exitCodes(rule.path("onExitCodes"), containers, path.child("onExitCodes"), errors);
        }
        conditions(rule.path("onPodConditions"), path.child("onPodConditions"), errors);
        if (codes && conditions) {
            errors.invalid(
                    path, "specifying both OnExitCodes and OnPodConditions is not supported");
        } else if (!codes && !conditions) {
            errors.invalid(path, "specifying one of OnExitCodes and OnPodConditions is required");
        }
    }

    private static void exitCodes(
            JsonNode codes, Set<String> containers, FieldPath path, FieldErrors errors) {
        FieldChecks.requiredOneOf(codes, "operator", OPERATORS, path, errors);
        String container = FieldChecks.text(codes, "containerName");
        if (codes.has("containerName") && !containers.contains(container)) {
            errors.invalid(
                    path.child("containerName"),
                    container,
                    "must be one of the container or initContainer names in the pod template");
        }
        JsonNode values = codes.path("values");
        FieldPath at = path.child("values");
        if (values.isEmpty()) {
            errors.invalid(at, codes.get("values"), "at least one value is required");
        } else if (values.size() > MAX_VALUES) {
            errors.tooMany(at, values.size(), MAX_VALUES);
        }
        boolean in = FieldChecks.text(codes, "operator").equals("In");
        Set<Long> seen = new HashSet<>();
        long previous = Long.MIN_VALUE;
        boolean ordered = true;
        int index = 0;
        for (JsonNode value : values) {
            FieldPath own = at.index(index++);
            long code = value.asLong(0);
            if (in && code == 0) {
                errors.invalid(own, value, "must not be 0 for the In operator");
            }
            if (!seen.add(code)) {
                errors.duplicate(own, value);
            }
            ordered &= code >= previous;
            previous = code;
        }
        if (!ordered) {
            errors.invalid(at, values, "must be ordered");
        }
    }

    private static void conditions(JsonNode patterns, FieldPath path, FieldErrors errors) {
        if (patterns.size() > MAX_RULES) {
            errors.tooMany(path, patterns.size(), MAX_RULES);
        }
        int index = 0;
        for (JsonNode pattern : patterns) {
            FieldPath at = path.index(index++);
            String type = FieldChecks.text(pattern, "type");
            FieldChecks.report(Names.qualifiedName(type), type, at.child("type"), errors);
            FieldChecks.requiredOneOf(pattern, "status", STATUSES, at, errors);
        }
    }
}
