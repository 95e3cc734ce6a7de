package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks the containers that are added to a running pod for debugging. */
final class EphemeralContainersValidator {

    private static final String NOT_ALLOWED = "cannot be set for an Ephemeral Container";

    private static final List<String> FORBIDDEN =
            List.of(
                    "ports",
                    "livenessProbe",
                    "readinessProbe",
                    "startupProbe",
                    "lifecycle",
                    "resizePolicy",
                    "restartPolicy");

    private EphemeralContainersValidator() {}

    static void validate(
            JsonNode spec, ContainerValidator validator, FieldPath path, FieldErrors errors) {
        Set<String> targets = names(spec);
        Set<String> all = new HashSet<>(targets);
        int index = 0;
        for (JsonNode container : spec.path("ephemeralContainers")) {
            FieldPath at = path.index(index++);
            validator.validate(container, at, errors);
            String name = FieldChecks.text(container, "name");
            if (!name.isEmpty() && !all.add(name)) {
                errors.duplicate(at.child("name"), name);
            }
            String target = FieldChecks.text(container, "targetContainerName");
            if (!target.isEmpty() && !targets.contains(target)) {
                errors.notFound(at.child("targetContainerName"), target);
            }
            forbidden(container, at, errors);
        }
    }

    private static void forbidden(JsonNode container, FieldPath path, FieldErrors errors) {
        for (String member : FORBIDDEN) {
            JsonNode value = container.get(member);
            if (value != null && !(value.isArray() && value.isEmpty())) {
                errors.forbidden(path.child(member), NOT_ALLOWED);
            }
        }
        if (!container.path("resources").isEmpty()) {
            errors.forbidden(path.child("resources"), NOT_ALLOWED);
        }
        int index = 0;
        for (JsonNode mount : container.path("volumeMounts")) {
            FieldPath at = path.child("volumeMounts").index(index++);
            for (String member : List.of("subPath", "subPathExpr")) {
                if (!FieldChecks.text(mount, member).isEmpty()) {
                    errors.forbidden(at.child(member), NOT_ALLOWED);
                }
            }
        }
    }

    private static Set<String> names(JsonNode spec) {
        Set<String> names = new HashSet<>();
        for (String list : PodSpecs.REGULAR_LISTS) {
            for (JsonNode container : spec.path(list)) {
                names.add(FieldChecks.text(container, "name"));
            }
        }
        return names;
    }
}
