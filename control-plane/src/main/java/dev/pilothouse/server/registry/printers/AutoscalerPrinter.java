package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows of autoscalers in autoscaling/v2 form, and of scales. Source: formatHPAMetrics. */
final class AutoscalerPrinter {

    private static final String UNKNOWN = "<unknown>";

    private AutoscalerPrinter() {}

    static void register(Registry registry) {
        registry.add(
                "autoscaling",
                "horizontalpodautoscalers",
                AutoscalerPrinter::cells,
                "Name",
                "Reference",
                "Targets",
                "MinPods",
                "MaxPods",
                "Replicas",
                "Age");
        registry.add(
                "autoscaling",
                "scales",
                (o, now) ->
                        List.of(
                                Cells.name(o),
                                Cells.number(o, "spec", "replicas"),
                                Cells.number(o, "status", "replicas"),
                                Cells.age(o, now)),
                "Name",
                "Desired:integer",
                "Available:integer",
                "Age");
    }

    private static List<Object> cells(ObjectNode object, Instant now) {
        JsonNode target = Json.at(object, "spec", "scaleTargetRef");
        return List.of(
                Cells.name(object),
                Json.text(target, "kind") + "/" + Json.text(target, "name"),
                targets(object),
                Cells.anyOr(object, Cells.UNSET, "spec", "minReplicas"),
                Cells.number(object, "spec", "maxReplicas"),
                Cells.number(object, "status", "currentReplicas"),
                Cells.age(object, now));
    }

    private static String targets(ObjectNode object) {
        List<ObjectNode> metrics = Json.objects(object, "spec", "metrics");
        List<ObjectNode> statuses = Json.objects(object, "status", "currentMetrics");
        if (metrics.isEmpty()) {
            return Cells.NONE;
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < metrics.size(); i++) {
            texts.add(target(metrics.get(i), i < statuses.size() ? statuses.get(i) : null));
        }
        return Cells.some(texts, 2, ", ");
    }

    private static String target(ObjectNode metric, @Nullable ObjectNode status) {
        return switch (Json.text(metric, "type")) {
            case "External" -> valueOrAverage(metric, status, "external");
            case "Object" -> valueOrAverage(metric, status, "object");
            case "Pods" ->
                    Cells.anyOr(status, UNKNOWN, "pods", "current", "averageValue")
                            + "/"
                            + Cells.anyOr(metric, "0", "pods", "target", "averageValue");
            case "Resource" -> resource(metric, status, "resource");
            case "ContainerResource" -> resource(metric, status, "containerResource");
            default -> "<unknown type>";
        };
    }

    private static String valueOrAverage(
            ObjectNode metric, @Nullable ObjectNode status, String source) {
        JsonNode average = Json.at(metric, source, "target", "averageValue");
        if (average != null) {
            String current = Cells.anyOr(status, UNKNOWN, source, "current", "averageValue");
            return current + "/" + Cells.plain(average) + " (avg)";
        }
        return Cells.anyOr(status, UNKNOWN, source, "current", "value")
                + "/"
                + Cells.anyOr(metric, "0", source, "target", "value");
    }

    private static String resource(ObjectNode metric, @Nullable ObjectNode status, String source) {
        String name = Json.text(metric, source, "name") + ": ";
        JsonNode average = Json.at(metric, source, "target", "averageValue");
        if (average != null) {
            String current = Cells.anyOr(status, UNKNOWN, source, "current", "averageValue");
            return name + current + "/" + Cells.plain(average);
        }
        return name
                + percent(status, UNKNOWN, source, "current")
                + "/"
                + percent(metric, "<auto>", source, "target");
    }

    private static String percent(
            @Nullable ObjectNode object, String missing, String source, String part) {
        JsonNode value = Json.at(object, source, part, "averageUtilization");
        return value == null ? missing : value.asLong() + "%";
    }
}
