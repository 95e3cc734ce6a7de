package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of LimitRanges. Source: ValidateLimitRange and SetDefaults_LimitRangeItem. */
public final class LimitRangeStrategy implements ResourceStrategy {

    private static final String POD = "Pod";
    private static final String CLAIM = "PersistentVolumeClaim";
    private static final String NOT_FOR_PODS = "may not be specified when `type` is 'Pod'";

    @Override
    public void setDefaults(ObjectNode range) {
        for (ObjectNode limit : Json.objects(range, "spec", "limits")) {
            if (Json.text(limit, "type").equals("Container")) {
                fill(limit, "default", "max");
                fill(limit, "defaultRequest", "default");
                fill(limit, "defaultRequest", "min");
            }
        }
    }

    private static void fill(ObjectNode limit, String target, String source) {
        ObjectNode values = Json.objectAt(limit, source);
        if (values == null || values.isEmpty()) {
            return;
        }
        ObjectNode filled = Json.child(limit, target);
        for (Map.Entry<String, JsonNode> entry : values.properties()) {
            if (!filled.has(entry.getKey())) {
                filled.set(entry.getKey(), entry.getValue());
            }
        }
    }

    @Override
    public void validate(ObjectNode range, FieldErrors errors) {
        Set<String> types = new HashSet<>();
        ObjectCheck.of(range, errors)
                .child("spec")
                .each(
                        "limits",
                        limit -> {
                            String type = limit.text("type");
                            for (String complaint : Names.qualifiedName(type)) {
                                errors.invalid(limit.path("type"), type, complaint);
                            }
                            if (type.indexOf('/') < 0
                                    && !List.of(POD, "Container", CLAIM).contains(type)) {
                                limit.invalid(
                                        "type", "must be a standard limit type or fully qualified");
                            }
                            if (!types.add(type)) {
                                errors.duplicate(limit.path("type"), type);
                            }
                            limit(limit, type);
                        });
    }

    private static void limit(ObjectCheck limit, String type) {
        if (type.equals(POD)) {
            limit.forbidPresent(NOT_FOR_PODS, "default", "defaultRequest");
        }
        if (type.equals(CLAIM)
                && Json.at(limit.node(), "min", "storage") == null
                && Json.at(limit.node(), "max", "storage") == null) {
            limit.errors()
                    .required(
                            FieldPath.of("limits"),
                            "either minimum or maximum storage value is required, but neither was provided");
        }
        Set<String> names = new TreeSet<>();
        for (String field :
                List.of("min", "max", "default", "defaultRequest", "maxLimitRequestRatio")) {
            ObjectNode values = Json.objectAt(limit.node(), field);
            if (values != null) {
                names.addAll(values.propertyNames());
            }
        }
        for (String name : names) {
            order(limit, name);
        }
    }

    private static void order(ObjectCheck limit, String name) {
        Quantity min = amount(limit, "min", name);
        Quantity max = amount(limit, "max", name);
        Quantity request = amount(limit, "defaultRequest", name);
        Quantity usual = amount(limit, "default", name);
        Quantity ratio = amount(limit, "maxLimitRequestRatio", name);
        notAbove(limit, "min", name, min, "min", max, "max");
        notAbove(limit, "defaultRequest", name, min, "min", request, "default request");
        notAbove(limit, "defaultRequest", name, request, "default request", max, "max");
        notAbove(limit, "defaultRequest", name, request, "default request", usual, "default");
        notAbove(limit, "default", name, min, "min", usual, "default");
        notAbove(limit, "default", name, usual, "default", max, "max");
        if (ratio != null && ratio.compareTo(Quantity.of(1)) < 0) {
            limit.errors()
                    .invalid(
                            limit.path("maxLimitRequestRatio").key(name),
                            ratio.toString(),
                            "ratio " + ratio + " is less than 1");
        }
    }

    private static void notAbove(
            ObjectCheck limit,
            String field,
            String resource,
            @Nullable Quantity low,
            String lowName,
            @Nullable Quantity high,
            String highName) {
        if (low != null && high != null && low.compareTo(high) > 0) {
            Quantity shown = field.equals(highName) || highName.startsWith("default ") ? high : low;
            limit.errors()
                    .invalid(
                            limit.path(field).key(resource),
                            shown.toString(),
                            lowName
                                    + " value "
                                    + low
                                    + " is greater than "
                                    + highName
                                    + " value "
                                    + high);
        }
    }

    private static @Nullable Quantity amount(ObjectCheck limit, String field, String resource) {
        JsonNode value = Json.at(limit.node(), field, resource);
        if (value == null) {
            return null;
        }
        String text = value.isString() ? value.stringValue() : value.toString();
        if (!Quantity.isValid(text)) {
            limit.errors().invalid(limit.path(field).key(resource), text, Quantity.SYNTAX_ERROR);
            return null;
        }
        return Quantity.parse(text);
    }

    @Override
    public boolean allowsCreateOnUpdate() {
        return true;
    }
}
