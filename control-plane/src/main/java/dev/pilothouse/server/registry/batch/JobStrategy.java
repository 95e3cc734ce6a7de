package dev.pilothouse.server.registry.batch;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.pod.Defaults;
import dev.pilothouse.server.registry.pod.WorkloadRules;
import dev.pilothouse.server.registry.pod.WorkloadStrategy;
import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.Names;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of jobs. Source: pkg/registry/batch/job/strategy.go and pkg/apis/batch. */
public final class JobStrategy implements WorkloadStrategy {

    private static final FieldPath SPEC = FieldPath.of("spec");

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.object(object, "spec");
        WorkloadRules.templateDefaults(spec);
        if (!spec.hasNonNull("completions") && !spec.hasNonNull("parallelism")) {
            spec.put("completions", 1);
        }
        Defaults.number(spec, "parallelism", 1);
        boolean perIndex = spec.hasNonNull("backoffLimitPerIndex");
        Defaults.number(spec, "backoffLimit", perIndex ? Integer.MAX_VALUE : 6);
        Defaults.text(spec, "completionMode", "NonIndexed");
        Defaults.bool(spec, "suspend", false);
        Defaults.bool(spec, "manualSelector", false);
        boolean policy = spec.has("podFailurePolicy");
        Defaults.text(spec, "podReplacementPolicy", policy ? "Failed" : "TerminatingOrFailed");
        for (JsonNode rule : spec.path("podFailurePolicy").path("rules")) {
            for (JsonNode condition : rule.path("onPodConditions")) {
                Defaults.text((ObjectNode) condition, "status", "True");
            }
        }
        ObjectNode labels = Json.objectAt(spec, "template", "metadata", "labels");
        ObjectNode metadata = Json.child(object, "metadata");
        if (labels != null && !labels.isEmpty() && metadata.path("labels").isEmpty()) {
            metadata.set("labels", labels.deepCopy());
        }
    }

    @Override
    public void prepareForCreate(ObjectNode object, StrategyContext context) {
        object.remove("status");
        JobSelector.generate(object);
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        JsonNode spec = object.path("spec");
        JobSelector.validateGenerated(object, errors);
        JobSpecValidator.validate(spec, SPEC, errors);
        WorkloadRules.validateJobSelector(spec, errors);
        hostNames(object, errors);
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        JsonNode spec = object.path("spec");
        JobSpecValidator.validate(spec, SPEC, errors);
        WorkloadRules.validateJobSelector(spec, errors);
        JobUpdateValidator.validate(object, old, errors);
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        FieldPath path = FieldPath.of("status");
        for (String count : List.of("active", "succeeded", "failed", "ready", "terminating")) {
            FieldChecks.nonNegative(object.path("status"), count, path, errors);
        }
        JsonNode before = old.path("status").get("startTime");
        boolean running = !object.path("spec").path("suspend").asBoolean(false);
        if (before != null && running) {
            FieldChecks.immutable(
                    object.path("status").get("startTime"),
                    before,
                    path.child("startTime"),
                    errors);
        }
    }

    /** Pods of an indexed job are named after the job and their index. */
    private static void hostNames(ObjectNode object, FieldErrors errors) {
        JsonNode spec = object.path("spec");
        long completions = spec.path("completions").asLong(0);
        if (!FieldChecks.text(spec, "completionMode").equals("Indexed") || completions < 1) {
            return;
        }
        String name = object.path("metadata").path("name").asString("");
        String last = name + "-" + (completions - 1);
        if (!Names.dnsLabel(last).isEmpty()) {
            errors.invalid(
                    FieldPath.of("metadata").child("name"),
                    name,
                    "will not able to create pod with invalid DNS label: " + last);
        }
    }
}
