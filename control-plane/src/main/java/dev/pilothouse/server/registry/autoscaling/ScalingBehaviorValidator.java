package dev.pilothouse.server.registry.autoscaling;

import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.ResourceNames;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Checks how fast an autoscaler may scale. */
final class ScalingBehaviorValidator {

    private static final int MAX_PERIOD_SECONDS = 1800;
    private static final int MAX_WINDOW_SECONDS = 3600;
    private static final List<String> SELECTIONS = List.of("Disabled", "Max", "Min");
    private static final List<String> TYPES = List.of("Percent", "Pods");

    private ScalingBehaviorValidator() {}

    static void validate(JsonNode behavior, FieldPath path, FieldErrors errors) {
        for (String direction : List.of("scaleUp", "scaleDown")) {
            if (behavior.has(direction)) {
                rules(behavior.path(direction), path.child(direction), errors);
            }
        }
    }

    private static void rules(JsonNode rules, FieldPath path, FieldErrors errors) {
        JsonNode window = rules.get("stabilizationWindowSeconds");
        if (window != null) {
            FieldPath at = path.child("stabilizationWindowSeconds");
            if (window.asLong(0) < 0) {
                errors.invalid(at, window, "must be greater than or equal to zero");
            } else if (window.asLong(0) > MAX_WINDOW_SECONDS) {
                errors.invalid(at, window, "must be less than or equal to " + MAX_WINDOW_SECONDS);
            }
        }
        FieldChecks.optionalOneOf(rules, "selectPolicy", SELECTIONS, path, errors);
        if (rules.path("policies").isEmpty()) {
            errors.required(path.child("policies"), "must specify at least one Policy");
        }
        int index = 0;
        for (JsonNode policy : rules.path("policies")) {
            FieldPath at = path.child("policies").index(index++);
            String type = FieldChecks.text(policy, "type");
            if (!TYPES.contains(type)) {
                errors.notSupported(at.child("type"), type, TYPES);
            }
            positive(policy, "value", at, errors);
            positive(policy, "periodSeconds", at, errors);
            long period = policy.path("periodSeconds").asLong(0);
            if (period > MAX_PERIOD_SECONDS) {
                errors.invalid(
                        at.child("periodSeconds"),
                        period,
                        "must be less than or equal to " + MAX_PERIOD_SECONDS);
            }
        }
        ResourceNames.validateNonNegative(rules.get("tolerance"), path.child("tolerance"), errors);
    }

    private static void positive(
            JsonNode policy, String member, FieldPath path, FieldErrors errors) {
        long value = policy.path(member).asLong(0);
        if (value <= 0) {
            errors.invalid(path.child(member), value, "must be greater than zero");
        }
    }
}
