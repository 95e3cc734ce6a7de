package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks the lists of containers: what each may have, and what must differ between them. */
final class ContainerListValidator {

    private static final List<String> NOT_FOR_INIT =
            List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe");

    private ContainerListValidator() {}

    static void validate(
            JsonNode spec,
            Map<String, JsonNode> volumes,
            Set<String> claims,
            FieldPath path,
            FieldErrors errors) {
        var validator = new ContainerValidator(spec, volumes, claims);
        JsonNode containers = spec.path("containers");
        FieldPath at = path.child("containers");
        Set<String> names = new HashSet<>();
        if (containers.isEmpty()) {
            errors.required(at, "");
        }
        int index = 0;
        for (JsonNode container : containers) {
            FieldPath own = at.index(index++);
            validator.validate(container, own, errors);
            String name = FieldChecks.text(container, "name");
            if (!names.add(name)) {
                errors.duplicate(own.child("name"), name);
            }
            validator.lifecycleAndProbes(container, own, errors);
        }
        hostPortConflicts(containers, at, errors);
        if (spec.has("initContainers")) {
            init(spec, validator, names, path.child("initContainers"), errors);
        }
        if (spec.has("ephemeralContainers")) {
            EphemeralContainersValidator.validate(
                    spec, validator, path.child("ephemeralContainers"), errors);
        }
    }

    private static void init(
            JsonNode spec,
            ContainerValidator validator,
            Set<String> names,
            FieldPath path,
            FieldErrors errors) {
        int index = 0;
        for (JsonNode container : spec.path("initContainers")) {
            FieldPath own = path.index(index++);
            validator.validate(container, own, errors);
            String name = FieldChecks.text(container, "name");
            if (!names.add(name)) {
                errors.duplicate(own.child("name"), name);
            }
            if (PodSpecs.isSidecar(container)) {
                validator.lifecycleAndProbes(container, own, errors);
            } else {
                forbidProbes(container, own, errors);
            }
        }
    }

    private static void forbidProbes(JsonNode container, FieldPath path, FieldErrors errors) {
        for (String member : NOT_FOR_INIT) {
            if (FieldChecks.has(container, member)) {
                errors.forbidden(
                        path.child(member),
                        "may not be set for init containers without restartPolicy=Always");
            }
        }
        if (!container.path("resizePolicy").isEmpty()) {
            errors.invalid(
                    path.child("resizePolicy"),
                    container.get("resizePolicy"),
                    "must not be set for init containers");
        }
    }

    private static void hostPortConflicts(JsonNode containers, FieldPath path, FieldErrors errors) {
        Set<String> taken = null;
        int index = 0;
        for (JsonNode container : containers) {
            FieldPath ports = path.index(index++).child("ports");
            int portIndex = 0;
            for (JsonNode port : container.path("ports")) {
                FieldPath at = ports.index(portIndex++);
                int hostPort = port.path("hostPort").asInt(0);
                if (hostPort == 0) {
                    continue;
                }
                taken = taken == null ? new HashSet<>() : taken;
                String key =
                        FieldChecks.text(port, "protocol")
                                + "/"
                                + FieldChecks.text(port, "hostIP")
                                + "/"
                                + hostPort;
                if (!taken.add(key)) {
                    errors.duplicate(at.child("hostPort"), key);
                }
            }
        }
    }
}
