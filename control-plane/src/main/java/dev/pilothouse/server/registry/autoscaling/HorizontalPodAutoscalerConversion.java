package dev.pilothouse.server.registry.autoscaling;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.FieldChecks;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts horizontal pod autoscalers between autoscaling/v1 and v2. What v1 has no members for
 * travels in annotations. Source: pkg/apis/autoscaling/v1/conversion.go. Stateless.
 */
public final class HorizontalPodAutoscalerConversion {

    private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";
    private static final String METRICS = PREFIX + "metrics";
    private static final String CURRENT_METRICS = PREFIX + "current-metrics";
    private static final String CONDITIONS = PREFIX + "conditions";
    private static final String BEHAVIOR = PREFIX + "behavior";
    private static final String CPU_TARGET = "targetCPUUtilizationPercentage";
    private static final String CPU_CURRENT = "currentCPUUtilizationPercentage";

    private HorizontalPodAutoscalerConversion() {}

    /** The object as autoscaling/v1; the argument stays as it is. */
    public static ObjectNode toV1(ObjectNode v2) {
        ObjectNode v1 = v2.deepCopy();
        v1.put("apiVersion", "autoscaling/v1");
        ObjectNode annotations = Json.object();
        if (v1.get("spec") instanceof ObjectNode spec) {
            JsonNode metrics = spec.remove("metrics");
            JsonNode rest = splitCpu(metrics, spec, CPU_TARGET, false);
            annotate(annotations, METRICS, rest);
            annotate(annotations, BEHAVIOR, spec.remove("behavior"));
        }
        if (v1.get("status") instanceof ObjectNode status) {
            JsonNode current = status.remove("currentMetrics");
            splitCpu(current, status, CPU_CURRENT, true);
            annotate(annotations, CURRENT_METRICS, LegacyMetrics.toV1(current, true));
            annotate(annotations, CONDITIONS, status.remove("conditions"));
        }
        if (!annotations.isEmpty()) {
            Json.child(Json.child(v1, "metadata"), "annotations").setAll(annotations);
        }
        return v1;
    }

    /** The object as autoscaling/v2; the argument stays as it is. Bad annotations are dropped. */
    public static ObjectNode toV2(ObjectNode v1) {
        ObjectNode v2 = v1.deepCopy();
        v2.put("apiVersion", "autoscaling/v2");
        ObjectNode spec = Json.child(v2, "spec");
        ArrayNode metrics = LegacyMetrics.toV2(take(v2, METRICS), false);
        JsonNode percent = spec.remove(CPU_TARGET);
        if (percent != null) {
            metrics.insert(0, LegacyMetrics.cpu("target", "averageUtilization", percent));
        }
        if (!metrics.isEmpty()) {
            spec.set("metrics", metrics);
        }
        if (take(v2, BEHAVIOR) instanceof ObjectNode behavior) {
            spec.set("behavior", behavior);
        }
        status(v2);
        return v2;
    }

    private static void status(ObjectNode v2) {
        ArrayNode current = LegacyMetrics.toV2(take(v2, CURRENT_METRICS), true);
        JsonNode conditions = take(v2, CONDITIONS);
        dropEmptyAnnotations(v2);
        if (!(v2.get("status") instanceof ObjectNode status)) {
            return;
        }
        JsonNode percent = status.remove(CPU_CURRENT);
        if (percent != null && current.isEmpty()) {
            current.add(LegacyMetrics.cpu("current", "averageUtilization", percent));
        }
        if (!current.isEmpty()) {
            status.set("currentMetrics", current);
        }
        if (conditions instanceof ArrayNode array) {
            status.set("conditions", array);
        }
    }

    /** Puts the CPU percentage in its v1 member and gives the other metrics in v1's form. */
    private static @Nullable JsonNode splitCpu(
            @Nullable JsonNode metrics, ObjectNode holder, String member, boolean status) {
        if (metrics == null) {
            return null;
        }
        ArrayNode rest = Json.array();
        for (JsonNode metric : metrics) {
            JsonNode resource = metric.path("resource");
            JsonNode percent =
                    resource.path(status ? "current" : "target").get("averageUtilization");
            boolean cpu =
                    FieldChecks.text(metric, "type").equals("Resource")
                            && FieldChecks.text(resource, "name").equals("cpu")
                            && percent != null;
            if (cpu && !holder.has(member)) {
                holder.set(member, percent);
            } else {
                rest.add(metric);
            }
        }
        return LegacyMetrics.toV1(rest, status);
    }

    private static void annotate(ObjectNode annotations, String key, @Nullable JsonNode value) {
        if (value != null && !value.isEmpty()) {
            annotations.put(key, Json.string(value));
        }
    }

    private static @Nullable JsonNode take(ObjectNode object, String key) {
        if (!(object.path("metadata").get("annotations") instanceof ObjectNode annotations)) {
            return null;
        }
        JsonNode text = annotations.remove(key);
        if (text == null) {
            return null;
        }
        try {
            return Json.parse(text.asString(""));
        } catch (JacksonException e) {
            return null;
        }
    }

    private static void dropEmptyAnnotations(ObjectNode object) {
        if (object.path("metadata") instanceof ObjectNode metadata
                && metadata.get("annotations") instanceof ObjectNode annotations
                && annotations.isEmpty()) {
            metadata.remove("annotations");
        }
    }
}
