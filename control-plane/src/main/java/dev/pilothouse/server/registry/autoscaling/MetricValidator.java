package dev.pilothouse.server.registry.autoscaling;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.LabelSelectorValidator;
import dev.pilothouse.server.registry.validation.Names;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Checks what an autoscaler measures and aims at. */
final class MetricValidator {

    private static final List<String> TYPES =
            List.of("ContainerResource", "External", "Object", "Pods", "Resource");
    private static final List<String> SOURCES =
            List.of("object", "external", "pods", "resource", "containerResource");
    private static final List<String> TARGETS = List.of("Utilization", "Value", "AverageValue");

    private MetricValidator() {}

    static void validate(JsonNode metrics, FieldPath path, FieldErrors errors) {
        int index = 0;
        for (JsonNode metric : metrics) {
            metric(metric, path.index(index++), errors);
        }
    }

    /** Checks the reference to the object that is scaled or measured. */
    static void reference(JsonNode reference, FieldPath path, FieldErrors errors) {
        for (String member : List.of("kind", "name")) {
            String value = FieldChecks.text(reference, member);
            if (value.isEmpty()) {
                errors.required(path.child(member), "");
            } else {
                FieldChecks.report(Names.pathSegment(value), value, path.child(member), errors);
            }
        }
    }

    private static void metric(JsonNode metric, FieldPath path, FieldErrors errors) {
        String type = FieldChecks.text(metric, "type");
        if (type.isEmpty()) {
            errors.required(path.child("type"), "must specify a metric source type");
        }
        if (!TYPES.contains(type)) {
            errors.notSupported(path.child("type"), type, TYPES);
        }
        String expected =
                type.isEmpty() ? "" : Character.toLowerCase(type.charAt(0)) + type.substring(1);
        List<String> present =
                SOURCES.stream().filter(source -> FieldChecks.has(metric, source)).toList();
        if (!present.isEmpty()) {
            String first = present.getFirst();
            source(first, metric.path(first), path.child(first), errors);
        }
        if (!present.contains(expected)) {
            errors.required(
                    path.child(expected), "must populate information for the given metric source");
        }
        for (String source : present) {
            if (present.size() > 1 && !source.equals(expected)) {
                errors.forbidden(path.child(source), "must populate the given metric source only");
            }
        }
    }

    private static void source(String kind, JsonNode source, FieldPath path, FieldErrors errors) {
        JsonNode target = source.path("target");
        FieldPath at = path.child("target");
        switch (kind) {
            case "resource", "containerResource" -> {
                if (FieldChecks.text(source, "name").isEmpty()) {
                    errors.required(path.child("name"), "must specify a resource name");
                }
                if (kind.equals("containerResource")
                        && FieldChecks.text(source, "container").isEmpty()) {
                    errors.required(path.child("container"), "must specify a container");
                }
                target(target, at, errors);
                utilizationOrValue(target, at, errors);
            }
            case "pods" -> {
                identifier(source.path("metric"), path.child("metric"), errors);
                target(target, at, errors);
                if (!isPositive(target, "averageValue")) {
                    errors.required(
                            at.child("averageValue"),
                            "must specify a positive target averageValue");
                }
            }
            case "object" -> {
                reference(source.path("describedObject"), path.child("describedObject"), errors);
                identifier(source.path("metric"), path.child("metric"), errors);
                target(target, at, errors);
                if (!target.has("value") && !target.has("averageValue")) {
                    errors.required(
                            at.child("averageValue"),
                            "must set either a target value or averageValue");
                }
            }
            default -> {
                identifier(source.path("metric"), path.child("metric"), errors);
                target(target, at, errors);
                external(target, at, errors);
            }
        }
    }

    private static void utilizationOrValue(JsonNode target, FieldPath path, FieldErrors errors) {
        boolean utilization = target.has("averageUtilization");
        boolean value = target.has("averageValue");
        if (!utilization && !value) {
            errors.required(
                    path.child("averageUtilization"),
                    "must set either a target raw value or a target utilization");
        } else if (utilization && value) {
            errors.forbidden(
                    path.child("averageValue"),
                    "may not set both a target raw value and a target utilization");
        }
    }

    private static void external(JsonNode target, FieldPath path, FieldErrors errors) {
        boolean value = target.has("value");
        boolean average = target.has("averageValue");
        if (!value && !average) {
            errors.required(
                    path.child("averageValue"),
                    "must set either a target value for metric or a per-pod target");
        } else if (value && average) {
            errors.forbidden(
                    path.child("value"),
                    "may not set both a target value for metric and a per-pod target");
        }
    }

    private static void identifier(JsonNode metric, FieldPath path, FieldErrors errors) {
        String name = FieldChecks.text(metric, "name");
        if (name.isEmpty()) {
            errors.required(path.child("name"), "must specify a metric name");
        } else {
            FieldChecks.report(Names.pathSegment(name), name, path.child("name"), errors);
        }
        LabelSelectorValidator.validate(
                Json.objectAt(metric, "selector"), path.child("selector"), errors);
    }

    private static void target(JsonNode target, FieldPath path, FieldErrors errors) {
        String type = FieldChecks.text(target, "type");
        if (type.isEmpty()) {
            errors.required(path.child("type"), "must specify a metric target type");
        }
        if (!TARGETS.contains(type)) {
            errors.invalid(
                    path.child("type"), type, "must be either Utilization, Value, or AverageValue");
        }
        for (String member : List.of("value", "averageValue")) {
            if (target.has(member) && !isPositive(target, member)) {
                errors.invalid(path.child(member), target.get(member), "must be positive");
            }
        }
        JsonNode utilization = target.get("averageUtilization");
        if (utilization != null && utilization.asLong(0) < 1) {
            errors.invalid(path.child("averageUtilization"), utilization, "must be greater than 0");
        }
    }

    private static boolean isPositive(JsonNode target, String member) {
        String text = target.path(member).asString("");
        return Quantity.isValid(text) && Quantity.parse(text).signum() > 0;
    }
}
