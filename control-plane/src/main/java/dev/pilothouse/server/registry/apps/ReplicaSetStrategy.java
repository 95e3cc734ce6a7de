package dev.pilothouse.server.registry.apps;

import dev.pilothouse.server.registry.pod.Defaults;
import dev.pilothouse.server.registry.pod.WorkloadRules;
import dev.pilothouse.server.registry.pod.WorkloadStrategy;
import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of replica sets. */
public final class ReplicaSetStrategy implements WorkloadStrategy {

    private static final FieldPath SPEC = FieldPath.of("spec");

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.object(object, "spec");
        WorkloadRules.templateDefaults(spec);
        Defaults.number(spec, "replicas", 1);
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        JsonNode spec = object.path("spec");
        FieldChecks.nonNegative(spec, "replicas", SPEC, errors);
        FieldChecks.nonNegative(spec, "minReadySeconds", SPEC, errors);
        // kube-apiserver says "deployment" here as well.
        WorkloadRules.validateSelector(spec, "deployment", errors);
        WorkloadRules.validateSelected(spec, errors);
        WorkloadRules.validateTemplate(spec, errors);
        WorkloadRules.validateAlwaysRestarting(spec, "ReplicaSet", errors);
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
        WorkloadRules.replicaStatus(object.path("status"), errors);
        FieldChecks.nonNegative(
                object.path("status"), "terminatingReplicas", FieldPath.of("status"), errors);
    }
}
