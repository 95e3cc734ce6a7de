package dev.pilothouse.server.registry.apps;

import dev.pilothouse.server.registry.pod.Defaults;
import dev.pilothouse.server.registry.pod.WorkloadRules;
import dev.pilothouse.server.registry.pod.WorkloadStrategy;
import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.IntOrPercent;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of deployments. Source: pkg/apis/apps/v1/defaults.go and validation. */
public final class DeploymentStrategy implements WorkloadStrategy {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final List<String> TYPES = List.of("Recreate", "RollingUpdate");

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.object(object, "spec");
        WorkloadRules.templateDefaults(spec);
        Defaults.number(spec, "replicas", 1);
        ObjectNode strategy = Defaults.object(spec, "strategy");
        Defaults.text(strategy, "type", "RollingUpdate");
        if (FieldChecks.text(strategy, "type").equals("RollingUpdate")) {
            ObjectNode rolling = Defaults.object(strategy, "rollingUpdate");
            if (!rolling.hasNonNull("maxUnavailable")) {
                rolling.put("maxUnavailable", "25%");
            }
            if (!rolling.hasNonNull("maxSurge")) {
                rolling.put("maxSurge", "25%");
            }
        }
        Defaults.number(spec, "revisionHistoryLimit", 10);
        Defaults.number(spec, "progressDeadlineSeconds", 600);
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        JsonNode spec = object.path("spec");
        FieldChecks.nonNegative(spec, "replicas", SPEC, errors);
        WorkloadRules.validateSelector(spec, "deployment", errors);
        WorkloadRules.validateSelected(spec, errors);
        WorkloadRules.validateTemplate(spec, errors);
        WorkloadRules.validateAlwaysRestarting(spec, "ReplicaSet", errors);
        strategy(spec.path("strategy"), SPEC.child("strategy"), errors);
        FieldChecks.nonNegative(spec, "minReadySeconds", SPEC, errors);
        FieldChecks.nonNegative(spec, "revisionHistoryLimit", SPEC, errors);
        FieldChecks.nonNegative(spec, "progressDeadlineSeconds", SPEC, errors);
        JsonNode deadline = spec.get("progressDeadlineSeconds");
        if (deadline != null && deadline.asLong(0) <= spec.path("minReadySeconds").asLong(0)) {
            errors.invalid(
                    SPEC.child("progressDeadlineSeconds"),
                    deadline,
                    "must be greater than minReadySeconds");
        }
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        validate(object, errors);
        FieldChecks.immutable(
                object.path("spec").get("selector"),
                old.path("spec").get("selector"),
                SPEC.child("selector"),
                errors);
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        FieldPath path = FieldPath.of("status");
        JsonNode status = object.path("status");
        String tooMany = "cannot be greater than status.replicas";
        for (String count :
                List.of(
                        "observedGeneration",
                        "replicas",
                        "updatedReplicas",
                        "readyReplicas",
                        "availableReplicas",
                        "unavailableReplicas",
                        "terminatingReplicas")) {
            FieldChecks.nonNegative(status, count, path, errors);
        }
        for (String count : List.of("updatedReplicas", "readyReplicas", "availableReplicas")) {
            WorkloadRules.atMost(status, count, "replicas", tooMany, errors);
        }
        WorkloadRules.atMost(
                status,
                "availableReplicas",
                "readyReplicas",
                "cannot be greater than readyReplicas",
                errors);
        WorkloadRules.collisionCount(object, old, errors);
    }

    private static void strategy(JsonNode strategy, FieldPath path, FieldErrors errors) {
        String type = FieldChecks.text(strategy, "type");
        FieldPath at = path.child("rollingUpdate");
        switch (type) {
            case "Recreate" -> {
                if (FieldChecks.has(strategy, "rollingUpdate")) {
                    errors.forbidden(at, "may not be specified when strategy `type` is 'Recreate'");
                }
            }
            case "RollingUpdate" -> rollingUpdate(strategy.path("rollingUpdate"), at, errors);
            default -> errors.notSupported(path.child("type"), type, TYPES);
        }
    }

    private static void rollingUpdate(JsonNode rolling, FieldPath path, FieldErrors errors) {
        JsonNode unavailable = rolling.get("maxUnavailable");
        JsonNode surge = rolling.get("maxSurge");
        FieldPath at = path.child("maxUnavailable");
        IntOrPercent.validateNonNegative(unavailable, at, errors);
        IntOrPercent.validateNonNegative(surge, path.child("maxSurge"), errors);
        if (IntOrPercent.plainValue(unavailable) == 0 && IntOrPercent.plainValue(surge) == 0) {
            errors.invalid(at, unavailable, "may not be 0 when `maxSurge` is 0");
        }
        IntOrPercent.validateAtMost100Percent(unavailable, at, errors);
    }
}
