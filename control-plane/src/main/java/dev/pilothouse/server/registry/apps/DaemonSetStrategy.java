package dev.pilothouse.server.registry.apps;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.StrategyContext;
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

/** Rules of daemon sets. */
public final class DaemonSetStrategy implements WorkloadStrategy {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final List<String> TYPES = List.of("RollingUpdate", "OnDelete");

    /** Where v1 keeps the counter that v1beta1 had in its spec. */
    private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.object(object, "spec");
        WorkloadRules.templateDefaults(spec);
        ObjectNode strategy = Defaults.object(spec, "updateStrategy");
        Defaults.text(strategy, "type", "RollingUpdate");
        if (FieldChecks.text(strategy, "type").equals("RollingUpdate")) {
            ObjectNode rolling = Defaults.object(strategy, "rollingUpdate");
            Defaults.number(rolling, "maxUnavailable", 1);
            Defaults.number(rolling, "maxSurge", 0);
        }
        Defaults.number(spec, "revisionHistoryLimit", 10);
    }

    @Override
    public void prepareForCreate(ObjectNode object, StrategyContext context) {
        object.remove("status");
        templateGeneration(object, 1);
    }

    @Override
    public void prepareForUpdate(ObjectNode object, ObjectNode old, StrategyContext context) {
        WorkloadStrategy.super.prepareForUpdate(object, old, context);
        String before = Json.text(old, "metadata", "annotations", TEMPLATE_GENERATION);
        long generation = before.matches("[0-9]{1,18}") ? Long.parseLong(before) : 0;
        JsonNode template = object.path("spec").path("template");
        boolean changed = !template.equals(old.path("spec").path("template"));
        templateGeneration(object, changed ? generation + 1 : generation);
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        JsonNode spec = object.path("spec");
        WorkloadRules.validateSelector(spec, "daemonset", errors);
        WorkloadRules.validateSelected(spec, errors);
        WorkloadRules.validateTemplate(spec, errors);
        WorkloadRules.validateAlwaysRestarting(spec, "DaemonSet", errors);
        FieldChecks.nonNegative(spec, "minReadySeconds", SPEC, errors);
        strategy(spec.path("updateStrategy"), SPEC.child("updateStrategy"), errors);
        FieldChecks.nonNegative(spec, "revisionHistoryLimit", SPEC, errors);
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
        for (String count :
                List.of(
                        "currentNumberScheduled",
                        "numberMisscheduled",
                        "desiredNumberScheduled",
                        "numberReady",
                        "observedGeneration",
                        "updatedNumberScheduled",
                        "numberAvailable",
                        "numberUnavailable")) {
            FieldChecks.nonNegative(object.path("status"), count, FieldPath.of("status"), errors);
        }
        WorkloadRules.collisionCount(object, old, errors);
    }

    private static void templateGeneration(ObjectNode object, long generation) {
        ObjectNode metadata = Json.child(object, "metadata");
        Json.child(metadata, "annotations").put(TEMPLATE_GENERATION, Long.toString(generation));
    }

    private static void strategy(JsonNode strategy, FieldPath path, FieldErrors errors) {
        String type = FieldChecks.text(strategy, "type");
        if (!TYPES.contains(type)) {
            errors.notSupported(path.child("type"), type, TYPES);
        } else if (type.equals("RollingUpdate")) {
            FieldPath at = path.child("rollingUpdate");
            if (!FieldChecks.has(strategy, "rollingUpdate")) {
                errors.required(at, "");
                return;
            }
            rollingUpdate(strategy.path("rollingUpdate"), at, errors);
        }
    }

    private static void rollingUpdate(JsonNode rolling, FieldPath path, FieldErrors errors) {
        JsonNode unavailable = rolling.get("maxUnavailable");
        JsonNode surge = rolling.get("maxSurge");
        FieldPath unavailablePath = path.child("maxUnavailable");
        FieldPath surgePath = path.child("maxSurge");
        IntOrPercent.validateNonNegative(unavailable, unavailablePath, errors);
        IntOrPercent.validateAtMost100Percent(unavailable, unavailablePath, errors);
        IntOrPercent.validateNonNegative(surge, surgePath, errors);
        IntOrPercent.validateAtMost100Percent(surge, surgePath, errors);
        boolean anyUnavailable = IntOrPercent.plainValue(unavailable) > 0;
        boolean anySurge = IntOrPercent.plainValue(surge) > 0;
        if (anyUnavailable && anySurge) {
            errors.invalid(surgePath, surge, "may not be set when maxUnavailable is non-zero");
        } else if (!anyUnavailable && !anySurge) {
            errors.required(unavailablePath, "cannot be 0 when maxSurge is 0");
        }
    }
}
