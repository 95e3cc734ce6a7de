package dev.pilothouse.server.registry.autoscaling;

import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.pod.Defaults;
import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of horizontal pod autoscalers, as autoscaling/v2. */
public final class HorizontalPodAutoscalerStrategy implements ResourceStrategy {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final int DEFAULT_CPU_PERCENT = 80;

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode spec = Defaults.object(object, "spec");
        Defaults.number(spec, "minReplicas", 1);
        if (spec.path("metrics").isEmpty()) {
            ObjectNode metric = spec.putArray("metrics").addObject();
            metric.put("type", "Resource");
            ObjectNode resource = metric.putObject("resource");
            resource.put("name", "cpu");
            ObjectNode target = resource.putObject("target");
            target.put("type", "Utilization");
            target.put("averageUtilization", DEFAULT_CPU_PERCENT);
        }
        for (JsonNode metric : spec.path("metrics")) {
            for (JsonNode source : metric) {
                if (source.get("target") instanceof ObjectNode target) {
                    Defaults.quantity(target, "value");
                    Defaults.quantity(target, "averageValue");
                }
            }
        }
        if (spec.get("behavior") instanceof ObjectNode behavior) {
            ObjectNode up = rules(behavior, "scaleUp");
            Defaults.number(up, "stabilizationWindowSeconds", 0);
            policies(up, true);
            policies(rules(behavior, "scaleDown"), false);
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        JsonNode spec = object.path("spec");
        JsonNode min = spec.get("minReplicas");
        long max = spec.path("maxReplicas").asLong(0);
        if (min != null && min.asLong(0) < 1) {
            errors.invalid(SPEC.child("minReplicas"), min, "must be greater than or equal to 1");
        }
        if (max < 1) {
            errors.invalid(SPEC.child("maxReplicas"), max, "must be greater than 0");
        }
        if (min != null && max < min.asLong(0)) {
            errors.invalid(
                    SPEC.child("maxReplicas"),
                    max,
                    "must be greater than or equal to `minReplicas`");
        }
        MetricValidator.reference(
                spec.path("scaleTargetRef"), SPEC.child("scaleTargetRef"), errors);
        MetricValidator.validate(spec.path("metrics"), SPEC.child("metrics"), errors);
        if (spec.has("behavior")) {
            ScalingBehaviorValidator.validate(
                    spec.path("behavior"), SPEC.child("behavior"), errors);
        }
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        for (String count : List.of("currentReplicas", "desiredReplicas")) {
            FieldChecks.nonNegative(object.path("status"), count, FieldPath.of("status"), errors);
        }
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    private static ObjectNode rules(ObjectNode behavior, String direction) {
        ObjectNode rules = Defaults.object(behavior, direction);
        Defaults.text(rules, "selectPolicy", "Max");
        return rules;
    }

    private static void policies(ObjectNode rules, boolean up) {
        if (rules.hasNonNull("policies")) {
            return;
        }
        ArrayNode policies = rules.putArray("policies");
        if (up) {
            policies.addObject().put("type", "Pods").put("value", 4).put("periodSeconds", 15);
        }
        policies.addObject().put("type", "Percent").put("value", 100).put("periodSeconds", 15);
    }
}
