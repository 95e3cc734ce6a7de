package dev.pilothouse.server.controller.disruption;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.disruption.OwnerScales.Expected;
import dev.pilothouse.server.controller.objects.Conditions;
import dev.pilothouse.server.controller.objects.IntOrPercent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Works out the status of a budget. Source: pkg/controller/disruption. */
final class BudgetStatus {

    /** An evicted pod counts as gone for so long, even while it is still there. */
    static final Duration DELETION_TIMEOUT = Duration.ofMinutes(2);

    private static final String ALLOWED = "DisruptionAllowed";

    private final ObjectNode budget;
    private final List<GuardedPod> pods;
    private final Instant now;
    private final Map<String, Instant> disrupted = new HashMap<>();
    private final List<GuardedPod> undeleted = new ArrayList<>();
    private @Nullable Instant recheck;

    /**
     * What is wanted.
     *
     * @param expected how many pods there should be
     * @param desired how many of them must stay healthy
     */
    record Wanted(int expected, int desired) {}

    /** For a budget that guards these pods. */
    BudgetStatus(ObjectNode budget, List<GuardedPod> pods, Instant now) {
        this.budget = budget;
        this.pods = pods;
        this.now = now;
        readDisrupted();
    }

    /** Whether the number of pods depends on what their managers want. */
    static boolean needsScale(ObjectNode budget) {
        JsonNode spec = budget.path("spec");
        return spec.has("maxUnavailable") || IntOrPercent.isPercent(spec.get("minAvailable"));
    }

    /** What the budget wants; the scale counts only where it {@link #needsScale}. */
    static Wanted wanted(ObjectNode budget, int pods, @Nullable Expected scale) {
        JsonNode spec = budget.path("spec");
        JsonNode maxUnavailable = spec.get("maxUnavailable");
        if (maxUnavailable != null && scale != null) {
            int unavailable = IntOrPercent.of(maxUnavailable, scale.pods(), true);
            return new Wanted(scale.pods(), Math.max(0, scale.pods() - unavailable));
        }
        JsonNode minAvailable = spec.get("minAvailable");
        if (minAvailable == null) {
            return new Wanted(0, 0);
        }
        int expected = scale == null ? pods : scale.pods();
        return new Wanted(expected, IntOrPercent.of(minAvailable, expected, true));
    }

    /** Pods that were to be evicted long ago and are still there. */
    List<GuardedPod> undeleted() {
        return undeleted;
    }

    /** When to look again, or null. */
    @Nullable Instant recheck() {
        return recheck;
    }

    /** The budget with its new status, or null when it has it already. */
    @Nullable ObjectNode apply(Wanted wanted) {
        int healthy = countHealthy();
        int allowed = wanted.expected() <= 0 ? 0 : Math.max(0, healthy - wanted.desired());
        ObjectNode changed = budget.deepCopy();
        ObjectNode status = Json.child(changed, "status");
        status.put("currentHealthy", healthy);
        status.put("desiredHealthy", wanted.desired());
        status.put("expectedPods", wanted.expected());
        status.put("disruptionsAllowed", allowed);
        putDisrupted(status);
        observe(changed);
        setCondition(changed, allowed > 0, allowed > 0 ? "SufficientPods" : "InsufficientPods", "");
        return changed.equals(budget) ? null : changed;
    }

    /** The budget when nobody knows what it means: no disruptions until somebody does. */
    @Nullable ObjectNode failed(String why) {
        ObjectNode changed = budget.deepCopy();
        Json.child(changed, "status").put("disruptionsAllowed", 0);
        setCondition(changed, false, "SyncFailed", why);
        return changed.equals(budget) ? null : changed;
    }

    private void readDisrupted() {
        Map<String, String> times = Json.stringMap(budget, "status", "disruptedPods");
        for (GuardedPod pod : pods) {
            String time = times.get(pod.key().name());
            if (time == null || pod.deleting()) {
                continue;
            }
            Instant expected = Instant.parse(time).plus(DELETION_TIMEOUT);
            if (expected.isBefore(now)) {
                undeleted.add(pod);
            } else {
                disrupted.put(pod.key().name(), Instant.parse(time));
                if (recheck == null || expected.isBefore(recheck)) {
                    recheck = expected;
                }
            }
        }
    }

    private int countHealthy() {
        return (int)
                pods.stream()
                        .filter(pod -> !pod.deleting() && pod.ready())
                        .filter(pod -> !disrupted.containsKey(pod.key().name()))
                        .count();
    }

    private void putDisrupted(ObjectNode status) {
        Set<String> names = disrupted.keySet();
        if (names.isEmpty()) {
            status.remove("disruptedPods");
            return;
        }
        ObjectNode map = Json.object();
        for (String name : names.stream().sorted().collect(Collectors.toList())) {
            map.put(name, Conditions.time(disrupted.getOrDefault(name, now)));
        }
        status.set("disruptedPods", map);
    }

    private static void observe(ObjectNode changed) {
        JsonNode generation = Json.at(changed, "metadata", "generation");
        if (generation != null) {
            Json.child(changed, "status").set("observedGeneration", generation);
        }
    }

    private void setCondition(ObjectNode changed, boolean allowed, String reason, String message) {
        Conditions.set(changed, ALLOWED, allowed ? "True" : "False", reason, message, now);
        ObjectNode condition = Conditions.find(changed, ALLOWED);
        if (condition != null) {
            // This kind of condition always has a message, be it an empty one.
            condition.put("message", message);
            JsonNode observed = Json.at(changed, "status", "observedGeneration");
            if (observed != null) {
                condition.set("observedGeneration", observed);
            }
        }
    }
}
