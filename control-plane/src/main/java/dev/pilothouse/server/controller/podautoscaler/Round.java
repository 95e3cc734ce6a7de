package dev.pilothouse.server.controller.podautoscaler;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.TransportException;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.server.controller.kinds.ServedKinds;
import dev.pilothouse.server.controller.objects.Conditions;
import dev.pilothouse.server.controller.podautoscaler.Limiter.Outcome;
import dev.pilothouse.server.controller.podautoscaler.MetricReader.Reading;
import dev.pilothouse.server.controller.podautoscaler.ReplicaCalculator.Tolerances;
import dev.pilothouse.server.record.EventRecorder;
import dev.pilothouse.server.record.ObjectReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One look at what an autoscaler scales; changes the autoscaler's status in place. Source:
 * horizontal.go, reconcileAutoscaler.
 */
final class Round {

    private static final String ABLE = "AbleToScale";
    private static final String ACTIVE = "ScalingActive";
    private static final String LIMITED = "ScalingLimited";

    private final ApiClient client;
    private final ServedKinds kinds;
    private final EventRecorder events;
    private final ObjectNode hpa;
    private final ObjectReference reference;
    private final ScaleHistory history;
    private final Instant now;

    Round(
            ApiClient client,
            ServedKinds kinds,
            EventRecorder events,
            ObjectNode hpa,
            ScaleHistory history,
            Instant now) {
        this.client = client;
        this.kinds = kinds;
        this.events = events;
        this.hpa = hpa;
        this.reference = ObjectReference.of("autoscaling/v2", "HorizontalPodAutoscaler", hpa);
        this.history = history;
        this.now = now;
    }

    /** Looks, and scales if need be. */
    void run() {
        ScaleTarget target;
        try {
            target = ScaleTarget.of(client, kinds, reference.namespace(), hpa);
        } catch (ApiException | TransportException | MetricException e) {
            events.warning(reference, "FailedGetScale", String.valueOf(e.getMessage()));
            set(
                    ABLE,
                    false,
                    "FailedGetScale",
                    "the HPA controller was unable to get the target's current scale: "
                            + e.getMessage());
            return;
        }
        set(
                ABLE,
                true,
                "SucceededGetScale",
                "the HPA controller was able to get the target's current scale");
        int current = target.replicas();
        int min = (int) Json.number(hpa, 1, "spec", "minReplicas");
        int max = (int) Json.number(hpa, 1, "spec", "maxReplicas");
        if (current == 0 && min != 0) {
            set(
                    ACTIVE,
                    false,
                    "ScalingDisabled",
                    "scaling is disabled since the replica count of the target is zero");
            report(0, 0, List.of(), false);
        } else if (current > max) {
            rescale(target, max, "Current number of replicas above Spec.MaxReplicas", List.of());
        } else if (current < min) {
            rescale(target, min, "Current number of replicas below Spec.MinReplicas", List.of());
        } else {
            byMetrics(target, min, max);
        }
    }

    private void byMetrics(ScaleTarget target, int min, int max) {
        JsonNode behavior = hpa.path("spec").path("behavior");
        ScalingRules up = ScalingRules.up(behavior.get("scaleUp"));
        ScalingRules down = ScalingRules.down(behavior.get("scaleDown"));
        List<Reading> readings = readings(target, new Tolerances(down.tolerance(), up.tolerance()));
        int current = target.replicas();
        if (readings.isEmpty()) {
            Json.child(hpa, "status").put("currentReplicas", current);
            return;
        }
        Reading highest = readings.getFirst();
        for (Reading reading : readings) {
            if (reading.replicas() > highest.replicas()) {
                highest = reading;
            }
        }
        Limiter limiter = new Limiter(up, down, behavior.isObject(), min, max);
        Outcome outcome = limiter.apply(current, highest.replicas(), history, now);
        Limiter.Reason stabilized = outcome.stabilized();
        if (stabilized == null) {
            set(ABLE, true, "ReadyForNewScale", "recommended size matches current size");
        } else {
            set(ABLE, true, stabilized.word(), stabilized.text());
        }
        set(LIMITED, outcome.limited(), outcome.range().word(), outcome.range().text());
        List<ObjectNode> status = readings.stream().map(Reading::status).toList();
        if (outcome.replicas() == current) {
            report(current, current, status, false);
            return;
        }
        String reason =
                outcome.replicas() > current
                        ? highest.name() + " above target"
                        : "All metrics below target";
        rescale(target, outcome.replicas(), reason, status);
    }

    /** What the metrics ask for; empty when nothing is to be done about them. */
    private List<Reading> readings(ScaleTarget target, Tolerances tolerances) {
        if (target.selector().isEmpty()) {
            events.warning(reference, "SelectorRequired", "selector is required");
            set(ACTIVE, false, "InvalidSelector", "the HPA target's scale is missing a selector");
            return List.of();
        }
        List<ScaledPod> pods = target.pods(client);
        MetricReader reader = new MetricReader(new PodMetrics(client));
        List<ObjectNode> metrics = Json.objects(hpa, "spec", "metrics");
        List<Reading> readings = new ArrayList<>();
        String failure = "";
        String why = "";
        int invalid = 0;
        for (ObjectNode metric : metrics) {
            ReplicaCalculator calculator =
                    new ReplicaCalculator(
                            target.replicas(),
                            pods,
                            MetricReader.resource(metric),
                            tolerances,
                            now);
            try {
                readings.add(
                        reader.read(
                                metric.deepCopy(),
                                reference.namespace(),
                                target.selector(),
                                calculator));
            } catch (MetricException e) {
                events.warning(reference, MetricReader.failure(metric), e.text());
                if (invalid++ == 0) {
                    failure = MetricReader.failure(metric);
                    why = e.text();
                }
            }
        }
        int highest = readings.stream().mapToInt(Reading::replicas).max().orElse(0);
        if (invalid > 0 && (readings.isEmpty() || highest < target.replicas())) {
            set(ACTIVE, false, failure, "the HPA was unable to compute the replica count: " + why);
            events.warning(
                    reference,
                    "FailedComputeMetricsReplicas",
                    "invalid metrics (%d invalid out of %d), first error is: %s"
                            .formatted(invalid, metrics.size(), why));
            return List.of();
        }
        if (!readings.isEmpty()) {
            String name =
                    readings.stream()
                            .filter(reading -> reading.replicas() == highest)
                            .findFirst()
                            .map(Reading::name)
                            .orElse("");
            set(
                    ACTIVE,
                    true,
                    "ValidMetricFound",
                    "the HPA was able to successfully calculate a replica count from " + name);
        }
        return readings;
    }

    private void rescale(ScaleTarget target, int desired, String reason, List<ObjectNode> metrics) {
        int current = target.replicas();
        String what = "New size: " + desired + "; reason: " + reason;
        try {
            target.scaleTo(client, desired);
        } catch (ApiException | TransportException e) {
            events.warning(reference, "FailedRescale", what + "; error: " + e.getMessage());
            set(
                    ABLE,
                    false,
                    "FailedUpdateScale",
                    "the HPA controller was unable to update the target scale: " + e.getMessage());
            report(current, current, metrics, false);
            return;
        }
        set(
                ABLE,
                true,
                "SucceededRescale",
                "the HPA controller was able to update the target scale to " + desired);
        events.normal(reference, "SuccessfulRescale", what);
        history.scaled(current, desired, now);
        report(current, desired, metrics, true);
    }

    private void report(int current, int desired, List<ObjectNode> metrics, boolean rescaled) {
        ObjectNode status = Json.child(hpa, "status");
        status.put("currentReplicas", current);
        status.put("desiredReplicas", desired);
        if (rescaled) {
            status.put("lastScaleTime", Conditions.time(now));
        }
        if (metrics.isEmpty()) {
            status.remove("currentMetrics");
        } else {
            ArrayNode array = status.putArray("currentMetrics");
            metrics.forEach(array::add);
        }
    }

    private void set(String type, boolean status, String reason, String message) {
        Conditions.set(hpa, type, status ? "True" : "False", reason, message, now);
    }
}
