package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.ResourceNames;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Resources of a pod as a whole (KEP 2837). */
final class PodLevelResources {

    private static final List<String> SUPPORTED = List.of("cpu", "memory");

    private PodLevelResources() {}

    /** Requests follow from what the containers ask for, else from the pod's limits. */
    static void setDefaults(ObjectNode spec) {
        if (!(spec.get("resources") instanceof ObjectNode resources)
                || resources.path("limits").isEmpty()) {
            return;
        }
        ObjectNode requests = Defaults.object(resources, "requests");
        ResourceSums.of(spec, "requests")
                .forEach((name, amount) -> {
                    if (isSupported(name) && !requests.has(name)) {
                        requests.put(name, amount.toString());
                    }
                });
        for (var limit : resources.path("limits").properties()) {
            if (isSupported(limit.getKey()) && !requests.has(limit.getKey())) {
                requests.set(limit.getKey(), limit.getValue());
            }
        }
    }

    static void validate(JsonNode spec, FieldPath path, FieldErrors errors) {
        if (!(spec.get("resources") instanceof ObjectNode resources)) {
            return;
        }
        FieldPath at = path.child("resources");
        if (!resources.path("claims").isEmpty()) {
            errors.forbidden(at.child("claims"), "claims cannot be set for Resources at pod-level");
        }
        for (String member : List.of("limits", "requests")) {
            for (var entry : resources.path(member).properties()) {
                if (!isSupported(entry.getKey())) {
                    errors.notSupported(
                            at.child(member).key(entry.getKey()),
                            entry.getKey(),
                            List.of("cpu", "hugepages-", "memory"));
                }
            }
        }
        ResourceRequirementsValidator.validateAmounts(resources, at, errors);
        var pod = resources.path("requests");
        ResourceSums.of(spec, "requests")
                .forEach((name, sum) -> {
                    var own =
                            ResourceNames.parse(
                                    pod.get(name), at.child("requests").key(name), errors);
                    if (own != null && own.compareTo(sum) < 0) {
                        errors.invalid(
                                at.child("requests").key(name),
                                own.toString(),
                                "must be greater than or equal to aggregate container"
                                        + " requests of "
                                        + sum);
                    }
                });
    }

    private static boolean isSupported(String resource) {
        return SUPPORTED.contains(resource) || ResourceNames.isHugePages(resource);
    }
}
