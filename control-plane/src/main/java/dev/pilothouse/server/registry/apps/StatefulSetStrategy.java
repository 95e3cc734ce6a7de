package dev.pilothouse.server.registry.apps;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.pod.Defaults;
import dev.pilothouse.server.registry.pod.PodSpecDefaults;
import dev.pilothouse.server.registry.pod.WorkloadRules;
import dev.pilothouse.server.registry.pod.WorkloadStrategy;
import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.IntOrPercent;
import dev.pilothouse.server.registry.validation.LabelsValidator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of stateful sets. */
public final class StatefulSetStrategy implements WorkloadStrategy {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final List<String> RETENTIONS = List.of("Delete", "Retain");
    private static final List<String> MUTABLE =
            List.of(
                    "replicas",
                    "ordinals",
                    "template",
                    "updateStrategy",
                    "revisionHistoryLimit",
                    "persistentVolumeClaimRetentionPolicy",
                    "minReadySeconds");

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.object(object, "spec");
        WorkloadRules.templateDefaults(spec);
        Defaults.text(spec, "podManagementPolicy", "OrderedReady");
        ObjectNode strategy = Defaults.object(spec, "updateStrategy");
        if (FieldChecks.text(strategy, "type").isEmpty()) {
            strategy.put("type", "RollingUpdate");
            Defaults.number(Defaults.object(strategy, "rollingUpdate"), "partition", 0);
        } else if (strategy.get("rollingUpdate") instanceof ObjectNode rolling
                && FieldChecks.text(strategy, "type").equals("RollingUpdate")) {
            Defaults.number(rolling, "partition", 0);
        }
        ObjectNode retention = Defaults.object(spec, "persistentVolumeClaimRetentionPolicy");
        Defaults.text(retention, "whenDeleted", "Retain");
        Defaults.text(retention, "whenScaled", "Retain");
        Defaults.number(spec, "replicas", 1);
        Defaults.number(spec, "revisionHistoryLimit", 10);
        for (JsonNode claim : spec.path("volumeClaimTemplates")) {
            claim((ObjectNode) claim);
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        JsonNode spec = object.path("spec");
        managementPolicy(spec, errors);
        updateStrategy(spec.path("updateStrategy"), SPEC.child("updateStrategy"), errors);
        JsonNode retention = spec.path("persistentVolumeClaimRetentionPolicy");
        FieldPath retentionPath = SPEC.child("persistentVolumeClaimRetentionPolicy");
        FieldChecks.requiredOneOf(retention, "whenDeleted", RETENTIONS, retentionPath, errors);
        FieldChecks.requiredOneOf(retention, "whenScaled", RETENTIONS, retentionPath, errors);
        FieldChecks.nonNegative(spec, "replicas", SPEC, errors);
        FieldChecks.nonNegative(spec, "minReadySeconds", SPEC, errors);
        FieldChecks.nonNegative(spec, "revisionHistoryLimit", SPEC, errors);
        FieldChecks.nonNegative(spec.path("ordinals"), "start", SPEC.child("ordinals"), errors);
        WorkloadRules.validateSelector(spec, "statefulset", errors);
        WorkloadRules.validateSelected(spec, errors);
        // As in Kubernetes the pod spec itself is not checked: mounts may name claims that come
        // from the templates.
        LabelsValidator.validateTemplateMetadata(
                Json.objectAt(spec, "template"), SPEC.child("template"), errors);
        WorkloadRules.validateAlwaysRestarting(spec, "StatefulSet", errors);
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        validate(object, errors);
        ObjectNode spec = comparable(object);
        ObjectNode oldSpec = comparable(old);
        if (!spec.equals(oldSpec)) {
            errors.forbidden(
                    SPEC,
                    "updates to statefulset spec for fields other than 'replicas', 'ordinals',"
                            + " 'template', 'updateStrategy', 'revisionHistoryLimit',"
                            + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are"
                            + " forbidden");
        }
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        JsonNode status = object.path("status");
        List<String> parts =
                List.of("readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas");
        FieldPath path = FieldPath.of("status");
        FieldChecks.nonNegative(status, "replicas", path, errors);
        FieldChecks.nonNegative(status, "observedGeneration", path, errors);
        for (String part : parts) {
            FieldChecks.nonNegative(status, part, path, errors);
        }
        for (String part : parts) {
            WorkloadRules.atMost(
                    status, part, "replicas", "cannot be greater than status.replicas", errors);
        }
        WorkloadRules.atMost(
                status,
                "availableReplicas",
                "readyReplicas",
                "cannot be greater than status.readyReplicas",
                errors);
        WorkloadRules.collisionCount(object, old, errors);
    }

    private static void claim(ObjectNode claim) {
        Defaults.text(claim, "apiVersion", "v1");
        Defaults.text(claim, "kind", "PersistentVolumeClaim");
        PodSpecDefaults.claimSpec(Defaults.object(claim, "spec"));
        Defaults.text(Defaults.object(claim, "status"), "phase", "Pending");
    }

    private static ObjectNode comparable(ObjectNode object) {
        ObjectNode spec = ((ObjectNode) object.path("spec")).deepCopy();
        spec.remove(MUTABLE);
        return spec;
    }

    private static void managementPolicy(JsonNode spec, FieldErrors errors) {
        String policy = FieldChecks.text(spec, "podManagementPolicy");
        FieldPath path = SPEC.child("podManagementPolicy");
        if (policy.isEmpty()) {
            errors.required(path, "");
        } else if (!policy.equals("OrderedReady") && !policy.equals("Parallel")) {
            errors.invalid(path, policy, "must be 'OrderedReady' or 'Parallel'");
        }
    }

    private static void updateStrategy(JsonNode strategy, FieldPath path, FieldErrors errors) {
        FieldPath at = path.child("rollingUpdate");
        JsonNode rolling = strategy.get("rollingUpdate");
        switch (FieldChecks.text(strategy, "type")) {
            case "" -> errors.required(path, "");
            case "OnDelete" -> {
                if (rolling != null) {
                    errors.invalid(at, rolling, "only allowed for updateStrategy 'RollingUpdate'");
                }
            }
            case "RollingUpdate" -> {
                if (rolling != null) {
                    FieldChecks.nonNegative(rolling, "partition", at, errors);
                    maxUnavailable(rolling.get("maxUnavailable"), at, errors);
                }
            }
            default -> errors.invalid(path, strategy, "must be 'RollingUpdate' or 'OnDelete'");
        }
    }

    private static void maxUnavailable(
            @Nullable JsonNode value, FieldPath path, FieldErrors errors) {
        if (value == null) {
            return;
        }
        FieldPath at = path.child("maxUnavailable");
        IntOrPercent.validateNonNegative(value, at, errors);
        if (IntOrPercent.plainValue(value) == 0) {
            errors.invalid(at, value, "cannot be 0");
        }
        IntOrPercent.validateAtMost100Percent(value, at, errors);
    }
}
