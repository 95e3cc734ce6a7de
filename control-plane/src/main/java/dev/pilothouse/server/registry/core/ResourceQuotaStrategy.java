package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import dev.pilothouse.server.registry.validation.ResourceNames;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of ResourceQuotas. Source: ValidateResourceQuota. */
public final class ResourceQuotaStrategy implements ResourceStrategy {

    private static final Set<String> STANDARD =
            Set.of(
                    "cpu",
                    "memory",
                    "ephemeral-storage",
                    "requests.cpu",
                    "requests.memory",
                    "requests.storage",
                    "requests.ephemeral-storage",
                    "limits.cpu",
                    "limits.memory",
                    "limits.ephemeral-storage",
                    "pods",
                    "resourcequotas",
                    "services",
                    "replicationcontrollers",
                    "secrets",
                    "persistentvolumeclaims",
                    "configmaps",
                    "services.nodeports",
                    "services.loadbalancers");
    private static final Set<String> SCOPES =
            Set.of(
                    "Terminating",
                    "NotTerminating",
                    "BestEffort",
                    "NotBestEffort",
                    "PriorityClass",
                    "CrossNamespacePodAffinity",
                    "VolumeAttributesClass");
    private static final Set<String> EXISTS_ONLY =
            Set.of(
                    "Terminating",
                    "NotTerminating",
                    "BestEffort",
                    "NotBestEffort",
                    "CrossNamespacePodAffinity");
    private static final List<String> OPERATORS = List.of("DoesNotExist", "Exists", "In", "NotIn");

    @Override
    public void prepareForCreate(ObjectNode quota, StrategyContext context) {
        quota.remove("status");
        quota.putObject("status");
    }

    @Override
    public void validate(ObjectNode quota, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(quota, errors).child("spec");
        amounts(spec, "hard");
        scopes(spec);
        ObjectCheck status = ObjectCheck.of(quota, errors).child("status");
        amounts(status, "hard");
        amounts(status, "used");
    }

    private static void amounts(ObjectCheck owner, String field) {
        ObjectNode amounts = Json.objectAt(owner.node(), field);
        if (amounts == null) {
            return;
        }
        FieldPath path = owner.path(field);
        for (Map.Entry<String, JsonNode> entry : amounts.properties()) {
            String name = entry.getKey();
            for (String complaint : Names.qualifiedName(name)) {
                owner.errors().invalid(path.key(name), name, complaint);
            }
            if (name.indexOf('/') < 0 && !STANDARD.contains(name)) {
                owner.errors()
                        .invalid(
                                path.key(name),
                                name,
                                "must be a standard resource type or fully qualified");
                owner.errors()
                        .invalid(path.key(name), name, "must be a standard resource for quota");
            }
            ResourceNames.validateQuantity(name, entry.getValue(), path.key(name), owner.errors());
        }
    }

    private static void scopes(ObjectCheck spec) {
        Set<String> used = new HashSet<>();
        spec.eachText("scopes", (scope, path) -> used.add(scope));
        if (!SCOPES.containsAll(used)) {
            spec.invalid("scopes", "unsupported scope");
        }
        spec.child("scopeSelector").each("matchExpressions", ResourceQuotaStrategy::expression);
        if (used.contains("BestEffort") && used.contains("NotBestEffort")
                || used.contains("Terminating") && used.contains("NotTerminating")) {
            spec.invalid("scopes", "conflicting scopes");
        }
    }

    private static void expression(ObjectCheck expression) {
        String scope = expression.text("scopeName");
        if (!SCOPES.contains(scope)) {
            expression.invalid("scopeName", "unsupported scope");
        }
        String operator = expression.text("operator");
        if (EXISTS_ONLY.contains(scope) && !operator.equals("Exists")) {
            expression.invalid(
                    "operator",
                    "must be 'Exist' only operator when scope is any of ResourceQuotaScopeTerminating,"
                            + " ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort,"
                            + " ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity");
        }
        switch (operator) {
            case "In", "NotIn" ->
                    expression.require(
                            "values",
                            "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
            case "Exists", "DoesNotExist" -> {
                if (expression.has("values")) {
                    expression.invalid(
                            "values",
                            "must be no value when `operator` is 'Exists' or 'DoesNotExist' for scope selector");
                }
            }
            default -> {
                if (!OPERATORS.contains(operator)) {
                    expression.invalid("operator", "not a valid selector operator");
                }
            }
        }
    }

    @Override
    public void validateUpdate(ObjectNode quota, ObjectNode old, FieldErrors errors) {
        validate(quota, errors);
        ObjectCheck.of(quota, errors).child("spec").immutable("scopes", Json.child(old, "spec"));
    }

    @Override
    public void validateStatusUpdate(ObjectNode quota, ObjectNode old, FieldErrors errors) {
        ObjectCheck status = ObjectCheck.of(quota, errors).child("status");
        amounts(status, "hard");
        amounts(status, "used");
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public boolean allowsCreateOnUpdate() {
        return true;
    }
}
