package dev.pilothouse.server.controller.podautoscaler;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How fast a workload may be scaled in one direction. Source: autoscaling/v2 HPAScalingRules and
 * its defaults.
 *
 * @param window how long recommendations are remembered, of which the most careful one counts
 * @param select Max, Min or Disabled
 * @param policies how many pods may come or go in which time
 * @param tolerance how far the use may be off before anything is done
 */
record ScalingRules(Duration window, String select, List<Policy> policies, double tolerance) {

    private static final double TOLERANCE = 0.1;

    /**
     * One limit.
     *
     * @param percent whether the value is a share of the pods there are
     * @param value pods, or percent
     * @param period in which time
     */
    record Policy(boolean percent, int value, Duration period) {}

    ScalingRules {
        policies = List.copyOf(policies);
    }

    /** The rules for more pods. */
    static ScalingRules up(@Nullable JsonNode rules) {
        return of(
                rules,
                Duration.ZERO,
                List.of(
                        new Policy(false, 4, Duration.ofSeconds(15)),
                        new Policy(true, 100, Duration.ofSeconds(15))));
    }

    /** The rules for fewer pods. */
    static ScalingRules down(@Nullable JsonNode rules) {
        return of(
                rules,
                Duration.ofMinutes(5),
                List.of(new Policy(true, 100, Duration.ofSeconds(15))));
    }

    private static ScalingRules of(@Nullable JsonNode rules, Duration window, List<Policy> usual) {
        List<Policy> policies =
                Json.objects(rules, "policies").stream().map(ScalingRules::policy).toList();
        String select = Json.text(rules, "selectPolicy");
        String tolerance = Json.text(rules, "tolerance");
        return new ScalingRules(
                Duration.ofSeconds(
                        Json.number(rules, window.toSeconds(), "stabilizationWindowSeconds")),
                select.isEmpty() ? "Max" : select,
                policies.isEmpty() ? usual : policies,
                tolerance.isEmpty() ? TOLERANCE : Quantity.parse(tolerance).amount().doubleValue());
    }

    private static Policy policy(ObjectNode json) {
        return new Policy(
                Json.text(json, "type").equals("Percent"),
                (int) Json.number(json, 0, "value"),
                Duration.ofSeconds(Json.number(json, 0, "periodSeconds")));
    }
}
