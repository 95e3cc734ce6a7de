package dev.pilothouse.server.registry.pod;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.LabelsValidator;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ResourceNames;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks pod specs. Source: ValidatePodSpec in pkg/apis/core/validation/validation.go. */
public final class PodSpecValidator {

    static final List<String> LIMITS_AND_REQUESTS = List.of("limits", "requests");

    private static final List<String> RESTART_POLICIES = List.of("Always", "OnFailure", "Never");
    private static final List<String> PREEMPTION_POLICIES =
            List.of("Never", "PreemptLowerPriority");

    private PodSpecValidator() {}

    /**
     * Checks a pod spec.
     *
     * @param isPod whether it is the spec of a pod, not of a template
     */
    public static void validate(JsonNode spec, boolean isPod, FieldPath path, FieldErrors errors) {
        Map<String, JsonNode> volumes = VolumeValidator.validate(spec, path, errors);
        Set<String> claims = resourceClaims(spec, path, errors);
        ContainerListValidator.validate(spec, volumes, claims, path, errors);
        policies(spec, path, errors);
        if (spec.has("nodeSelector")) {
            LabelsValidator.validate(
                    Json.objectAt(spec, "nodeSelector"), path.child("nodeSelector"), errors);
        }
        PodSecurityContextValidator.validate(spec, isPod, path, errors);
        OperatingSystemValidator.validate(spec, path, errors);
        AffinityValidator.validate(spec.path("affinity"), path.child("affinity"), errors);
        DnsValidator.validate(spec, path, errors);
        gates(spec, path, errors);
        TopologySpreadValidator.validate(spec, path, errors);
        names(spec, path, errors);
        TolerationValidator.validate(spec.path("tolerations"), path.child("tolerations"), errors);
        deadline(spec, path, errors);
        overhead(spec, path, errors);
        PodLevelResources.validate(spec, path, errors);
    }

    /** Checks the annotations of a pod that mean something to Kubernetes. */
    public static void validateAnnotations(JsonNode pod, FieldErrors errors) {
        if (pod.path("metadata").has("annotations")) {
            FieldPath path = FieldPath.of("metadata").child("annotations");
            PodAnnotations.validate(pod, pod.path("spec"), path, errors);
        }
    }

    private static void policies(JsonNode spec, FieldPath path, FieldErrors errors) {
        FieldChecks.requiredOneOf(spec, "restartPolicy", RESTART_POLICIES, path, errors);
        FieldChecks.optionalOneOf(spec, "preemptionPolicy", PREEMPTION_POLICIES, path, errors);
    }

    private static void names(JsonNode spec, FieldPath path, FieldErrors errors) {
        subdomain(spec, "serviceAccountName", path, errors);
        subdomain(spec, "nodeName", path, errors);
        subdomain(spec, "priorityClassName", path, errors);
        subdomain(spec, "runtimeClassName", path, errors);
        label(spec, "hostname", path, errors);
        label(spec, "subdomain", path, errors);
        String override = FieldChecks.text(spec, "hostnameOverride");
        if (!override.isEmpty()) {
            FieldPath at = path.child("hostnameOverride");
            FieldChecks.report(Names.dnsSubdomain(override), override, at, errors);
            if (override.length() > 64) {
                errors.tooLong(at, 64);
            }
            if (spec.path("setHostnameAsFQDN").asBoolean(false)) {
                errors.forbidden(
                        path.child("setHostnameAsFQDN"),
                        "may not be set to true when `hostnameOverride` is set");
            }
            if (spec.path("hostNetwork").asBoolean(false)) {
                errors.forbidden(at, "may not be set when `hostNetwork` is true");
            }
        }
    }

    private static void subdomain(
            JsonNode spec, String member, FieldPath path, FieldErrors errors) {
        String name = FieldChecks.text(spec, member);
        if (!name.isEmpty()) {
            FieldChecks.report(Names.dnsSubdomain(name), name, path.child(member), errors);
        }
    }

    private static void label(JsonNode spec, String member, FieldPath path, FieldErrors errors) {
        String name = FieldChecks.text(spec, member);
        if (!name.isEmpty()) {
            FieldChecks.report(Names.dnsLabel(name), name, path.child(member), errors);
        }
    }

    private static void deadline(JsonNode spec, FieldPath path, FieldErrors errors) {
        JsonNode deadline = spec.get("activeDeadlineSeconds");
        if (deadline != null && (deadline.asLong() < 1 || deadline.asLong() > Integer.MAX_VALUE)) {
            errors.invalid(
                    path.child("activeDeadlineSeconds"),
                    deadline,
                    "must be between 1 and 2147483647, inclusive");
        }
    }

    private static void gates(JsonNode spec, FieldPath path, FieldErrors errors) {
        int index = 0;
        for (JsonNode gate : spec.path("readinessGates")) {
            FieldPath at = path.child("readinessGates").index(index++).child("conditionType");
            String type = FieldChecks.text(gate, "conditionType");
            FieldChecks.report(Names.qualifiedName(type), type, at, errors);
        }
        JsonNode gates = spec.path("schedulingGates");
        if (gates.isEmpty()) {
            return;
        }
        Set<String> seen = new HashSet<>();
        index = 0;
        for (JsonNode gate : gates) {
            FieldPath at = path.child("schedulingGates").index(index++);
            String name = FieldChecks.text(gate, "name");
            FieldChecks.report(Names.qualifiedName(name), name, at, errors);
            if (!seen.add(name)) {
                errors.duplicate(at, name);
            }
        }
        if (!FieldChecks.text(spec, "nodeName").isEmpty()) {
            errors.forbidden(
                    path.child("nodeName"),
                    "cannot be set until all schedulingGates have been cleared");
        }
    }

    private static void overhead(JsonNode spec, FieldPath path, FieldErrors errors) {
        for (var entry : spec.path("overhead").properties()) {
            FieldPath at = path.child("overhead").key(entry.getKey());
            ResourceNames.validateContainerResource(entry.getKey(), at, errors);
            ResourceNames.validateQuantity(entry.getKey(), entry.getValue(), at, errors);
        }
    }

    private static Set<String> resourceClaims(JsonNode spec, FieldPath path, FieldErrors errors) {
        if (!spec.has("resourceClaims")) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        int index = 0;
        for (JsonNode claim : spec.path("resourceClaims")) {
            FieldPath at = path.child("resourceClaims").index(index++);
            String name = FieldChecks.text(claim, "name");
            if (name.isEmpty()) {
                errors.required(at.child("name"), "");
            } else if (!names.add(name)) {
                errors.duplicate(at.child("name"), name);
            } else {
                FieldChecks.report(Names.dnsLabel(name), name, at.child("name"), errors);
            }
            claimSource(claim, at, errors);
        }
        return names;
    }

    private static void claimSource(JsonNode claim, FieldPath path, FieldErrors errors) {
        String claimName = FieldChecks.text(claim, "resourceClaimName");
        String template = FieldChecks.text(claim, "resourceClaimTemplateName");
        if (!claimName.isEmpty() && !template.isEmpty()) {
            errors.invalid(
                    path,
                    claim,
                    "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be"
                            + " specified");
        } else if (claimName.isEmpty() && template.isEmpty()) {
            errors.invalid(
                    path,
                    claim,
                    "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
        }
        subdomain(claim, "resourceClaimName", path, errors);
        subdomain(claim, "resourceClaimTemplateName", path, errors);
    }
}
