package dev.pilothouse.server.registry.pod;

import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.ResourceNames;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks what a container asks for and may use. Source: pkg/apis/core/validation. */
final class ResourceRequirementsValidator {

    private ResourceRequirementsValidator() {}

    /**
     * Checks amounts and claims.
     *
     * @param claims names of the pod's resource claims
     */
    static void validate(
            JsonNode resources, Set<String> claims, FieldPath path, FieldErrors errors) {
        validateAmounts(resources, path, errors);
        claims(resources, claims, path, errors);
    }

    static void validateAmounts(JsonNode resources, FieldPath path, FieldErrors errors) {
        JsonNode limits = resources.path("limits");
        JsonNode requests = resources.path("requests");
        if (limits.isEmpty() && requests.isEmpty()) {
            return;
        }
        boolean ordinary = false;
        boolean hugePages = false;
        for (String member : PodSpecValidator.LIMITS_AND_REQUESTS) {
            for (var entry : resources.path(member).properties()) {
                String name = entry.getKey();
                FieldPath at = path.child(member).key(name);
                ResourceNames.validateContainerResource(name, at, errors);
                ResourceNames.validateQuantity(name, entry.getValue(), at, errors);
                ordinary |= name.equals("cpu") || name.equals("memory");
                hugePages |= ResourceNames.isHugePages(name);
            }
        }
        for (var entry : requests.properties()) {
            againstLimit(entry.getKey(), entry.getValue(), limits, path, errors);
        }
        if (hugePages && !ordinary) {
            errors.forbidden(path, "HugePages require cpu or memory");
        }
    }

    private static void againstLimit(
            String name, JsonNode request, JsonNode limits, FieldPath path, FieldErrors errors) {
        JsonNode limitNode = limits.get(name);
        boolean overcommit = ResourceNames.isOvercommitAllowed(name);
        if (limitNode == null) {
            if (!overcommit) {
                errors.required(
                        path.child("limits"), "Limit must be set for non overcommitable resources");
            }
            return;
        }
        if (limitNode.equals(request)
                || !Quantity.isValid(request.asString(""))
                || !Quantity.isValid(limitNode.asString(""))) {
            return;
        }
        Quantity asked = Quantity.parse(request.asString(""));
        Quantity limit = Quantity.parse(limitNode.asString(""));
        int order = asked.compareTo(limit);
        if (!overcommit && order != 0) {
            errors.invalid(
                    path.child("requests"),
                    asked.toString(),
                    "must be equal to " + name + " limit of " + limit);
        } else if (order > 0) {
            errors.invalid(
                    path.child("requests"),
                    asked.toString(),
                    "must be less than or equal to " + name + " limit of " + limit);
        }
    }

    private static void claims(
            JsonNode resources, Set<String> claims, FieldPath path, FieldErrors errors) {
        if (!resources.has("claims")) {
            return;
        }
        Set<String> seen = new HashSet<>();
        int index = 0;
        for (JsonNode claim : resources.path("claims")) {
            FieldPath at = path.child("claims").index(index++);
            String name = FieldChecks.text(claim, "name");
            String request = FieldChecks.text(claim, "request");
            String key = request.isEmpty() ? name : name + "/" + request;
            if (name.isEmpty()) {
                errors.required(at, "");
                continue;
            }
            if (!seen.add(key) || (!request.isEmpty() && seen.contains(name))) {
                errors.duplicate(at, key);
            }
            if (!claims.contains(name)) {
                errors.notFound(at, name);
            }
        }
    }
}
