package dev.pilothouse.server.registry.policy;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.IntOrPercent;
import dev.pilothouse.server.registry.validation.LabelSelectorValidator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of pod disruption budgets. */
public final class PodDisruptionBudgetStrategy implements ResourceStrategy {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final List<String> POLICIES = List.of("AlwaysAllow", "IfHealthyBudget");
    private static final List<String> COUNTS =
            List.of("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods");

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        JsonNode spec = object.path("spec");
        if (FieldChecks.has(spec, "minAvailable") && FieldChecks.has(spec, "maxUnavailable")) {
            errors.invalid(SPEC, spec, "minAvailable and maxUnavailable cannot be both set");
        }
        for (String member : List.of("minAvailable", "maxUnavailable")) {
            FieldPath at = SPEC.child(member);
            IntOrPercent.validateNonNegative(spec.get(member), at, errors);
            IntOrPercent.validateAtMost100Percent(spec.get(member), at, errors);
        }
        LabelSelectorValidator.validate(
                Json.objectAt(spec, "selector"), SPEC.child("selector"), errors);
        FieldChecks.optionalOneOf(spec, "unhealthyPodEvictionPolicy", POLICIES, SPEC, errors);
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        for (String count : COUNTS) {
            FieldChecks.nonNegative(object.path("status"), count, FieldPath.of("status"), errors);
        }
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public boolean tracksGeneration() {
        return true;
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }
}
