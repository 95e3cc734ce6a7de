package dev.pilothouse.server.controller.podautoscaler;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.controller.podautoscaler.ReplicaCalculator.Proposal;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Works out one metric of an autoscaler. Source: horizontal.go, computeReplicasForMetric. */
final class MetricReader {

    private final PodMetrics metrics;

    /**
     * What a metric asks for.
     *
     * @param replicas how many pods
     * @param name the metric, for people
     * @param status what it is now, for the autoscaler's status
     */
    record Reading(int replicas, String name, ObjectNode status) {}

    MetricReader(PodMetrics metrics) {
        this.metrics = metrics;
    }

    /** The reason under which the failure of a metric goes. */
    static String failure(ObjectNode metric) {
        String type = Json.text(metric, "type");
        return switch (type) {
            case "Resource", "ContainerResource", "Object", "External" ->
                    "FailedGet" + type + "Metric";
            case "Pods" -> "FailedGetPodsMetric";
            default -> "InvalidMetricSourceType";
        };
    }

    /**
     * Reads a metric.
     *
     * @param selector the pods as a label selector
     */
    Reading read(ObjectNode metric, String namespace, String selector, ReplicaCalculator calculator)
            throws MetricException {
        String type = Json.text(metric, "type");
        return switch (type) {
            case "Resource" -> resource(metric, "resource", "", namespace, selector, calculator);
            case "ContainerResource" ->
                    resource(
                            metric,
                            "containerResource",
                            Json.text(metric, "containerResource", "container"),
                            namespace,
                            selector,
                            calculator);
            case "Pods" -> throw unserved(Json.text(metric, "pods", "metric", "name"), "custom");
            case "Object" ->
                    throw unserved(Json.text(metric, "object", "metric", "name"), "custom");
            case "External" ->
                    throw unserved(Json.text(metric, "external", "metric", "name"), "external");
            default -> throw new MetricException("unknown metric source type \"" + type + "\"");
        };
    }

    /** The resource that a metric measures, empty when it measures something else. */
    static String resource(ObjectNode metric) {
        String plain = Json.text(metric, "resource", "name");
        return plain.isEmpty() ? Json.text(metric, "containerResource", "name") : plain;
    }

    private Reading resource(
            ObjectNode metric,
            String field,
            String container,
            String namespace,
            String selector,
            ReplicaCalculator calculator)
            throws MetricException {
        ObjectNode source = Json.child(metric, field);
        String name = Json.text(source, "name");
        JsonNode target = source.path("target");
        Map<String, Sample> samples = metrics.of(namespace, selector, name, container);
        String kind = container.isEmpty() ? " resource" : " container resource";
        String average = Json.text(target, "averageValue");
        if (!average.isEmpty()) {
            try {
                Proposal proposal =
                        calculator.byAverage(samples, Quantity.parse(average).milliValue());
                return reading(metric, field, proposal, name + kind, false);
            } catch (MetricException e) {
                throw new MetricException("failed to get " + name + " usage: " + e.text());
            }
        }
        if (!target.has("averageUtilization")) {
            throw new MetricException(
                    "invalid resource metric source: neither an average utilization target nor an"
                            + " average value (usage) target was set");
        }
        try {
            Proposal proposal =
                    calculator.byUtilization(
                            samples, target.path("averageUtilization").asInt(0), container);
            return reading(
                    metric,
                    field,
                    proposal,
                    name + kind + " utilization (percentage of request)",
                    true);
        } catch (MetricException e) {
            throw new MetricException("failed to get " + name + " utilization: " + e.text());
        }
    }

    private static Reading reading(
            ObjectNode metric, String field, Proposal proposal, String name, boolean percent) {
        ObjectNode status = Json.object();
        status.put("type", Json.text(metric, "type"));
        ObjectNode source = status.putObject(field);
        source.put("name", Json.text(metric, field, "name"));
        if (field.equals("containerResource")) {
            source.put("container", Json.text(metric, field, "container"));
        }
        ObjectNode current = source.putObject("current");
        if (percent) {
            current.put("averageUtilization", proposal.utilization());
        }
        current.put("averageValue", Quantity.ofMillis(proposal.averageMilli()).toString());
        return new Reading(proposal.replicas(), name, status);
    }

    private static MetricException unserved(String metric, String api) {
        return new MetricException(
                String.format(
                        Locale.ROOT,
                        "unable to get metric %s: unable to fetch metrics from %s metrics API: no %s metrics API"
                                + " (%s.metrics.k8s.io) registered",
                        metric,
                        api,
                        api,
                        api));
    }
}
