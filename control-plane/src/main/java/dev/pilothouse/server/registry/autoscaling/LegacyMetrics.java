package dev.pilothouse.server.registry.autoscaling;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.FieldChecks;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Metrics as autoscaling/v1's annotations write them: flat, with words such as
 * targetAverageUtilization instead of a target object.
 */
final class LegacyMetrics {

    private LegacyMetrics() {}

    /** A CPU metric in v2's form. */
    static ObjectNode cpu(String member, String value, JsonNode percent) {
        ObjectNode metric = Json.object();
        metric.put("type", "Resource");
        ObjectNode resource = metric.putObject("resource");
        resource.put("name", "cpu");
        ObjectNode target = resource.putObject(member);
        if (member.equals("target")) {
            target.put("type", "Utilization");
        }
        target.set(value, percent);
        return metric;
    }

    static @Nullable ArrayNode toV1(@Nullable JsonNode metrics, boolean status) {
        if (metrics == null) {
            return null;
        }
        ArrayNode legacy = Json.array();
        for (JsonNode metric : metrics) {
            ObjectNode flat = legacy.addObject();
            for (var entry : metric.properties()) {
                JsonNode value = entry.getValue();
                flat.set(
                        entry.getKey(),
                        value.isObject() ? flatten(entry.getKey(), value, status) : value);
            }
        }
        return legacy;
    }

    static ArrayNode toV2(@Nullable JsonNode metrics, boolean status) {
        ArrayNode current = Json.array();
        if (!(metrics instanceof ArrayNode legacy)) {
            return current;
        }
        for (JsonNode metric : legacy) {
            ObjectNode nested = current.addObject();
            for (var entry : metric.properties()) {
                JsonNode value = entry.getValue();
                nested.set(
                        entry.getKey(),
                        value.isObject() ? nest(entry.getKey(), value, status) : value);
            }
        }
        return current;
    }

    private static ObjectNode flatten(String kind, JsonNode source, boolean status) {
        ObjectNode flat = Json.object();
        copy(source, "name", flat, "name");
        copy(source, "container", flat, "container");
        copy(source, "describedObject", flat, "target");
        JsonNode metric = source.path("metric");
        copy(metric, "name", flat, "metricName");
        copy(metric, "selector", flat, kind.equals("external") ? "metricSelector" : "selector");
        JsonNode target = source.path(status ? "current" : "target");
        copy(target, "averageUtilization", flat, name("AverageUtilization", status));
        copy(target, "value", flat, name("Value", status));
        boolean object = kind.equals("object");
        copy(target, "averageValue", flat, object ? "averageValue" : name("AverageValue", status));
        return flat;
    }

    private static ObjectNode nest(String kind, JsonNode flat, boolean status) {
        ObjectNode source = Json.object();
        copy(flat, "name", source, "name");
        copy(flat, "container", source, "container");
        copy(flat, "target", source, "describedObject");
        String selector = kind.equals("external") ? "metricSelector" : "selector";
        if (flat.has("metricName") || flat.has(selector)) {
            ObjectNode metric = source.putObject("metric");
            copy(flat, "metricName", metric, "name");
            copy(flat, selector, metric, "selector");
        }
        ObjectNode target = source.putObject(status ? "current" : "target");
        copy(flat, name("AverageUtilization", status), target, "averageUtilization");
        copy(flat, name("Value", status), target, "value");
        boolean object = kind.equals("object");
        copy(flat, object ? "averageValue" : name("AverageValue", status), target, "averageValue");
        if (!status) {
            target.put("type", targetType(target));
        }
        return source;
    }

    private static String targetType(JsonNode target) {
        if (target.has("averageUtilization")) {
            return "Utilization";
        }
        return FieldChecks.has(target, "averageValue") ? "AverageValue" : "Value";
    }

    private static String name(String what, boolean status) {
        return (status ? "current" : "target") + what;
    }

    private static void copy(JsonNode from, String member, ObjectNode to, String name) {
        JsonNode value = from.get(member);
        if (value != null) {
            to.set(name, value);
        }
    }
}
