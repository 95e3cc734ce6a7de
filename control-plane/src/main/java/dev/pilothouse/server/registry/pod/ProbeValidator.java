package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Checks the probes of a container. */
final class ProbeValidator {

    private static final List<String> PROBES =
            List.of("livenessProbe", "readinessProbe", "startupProbe");
    private static final List<String> COUNTS =
            List.of(
                    "initialDelaySeconds",
                    "timeoutSeconds",
                    "periodSeconds",
                    "successThreshold",
                    "failureThreshold");

    private ProbeValidator() {}

    static void validate(JsonNode container, FieldPath path, FieldErrors errors) {
        for (String member : PROBES) {
            JsonNode probe = container.get(member);
            if (probe != null && !probe.isNull()) {
                probe(member, probe, path.child(member), errors);
            }
        }
    }

    private static void probe(String member, JsonNode probe, FieldPath path, FieldErrors errors) {
        HandlerValidator.probe(probe, path, errors);
        for (String count : COUNTS) {
            FieldChecks.nonNegative(probe, count, path, errors);
        }
        JsonNode grace = probe.get("terminationGracePeriodSeconds");
        FieldPath gracePath = path.child("terminationGracePeriodSeconds");
        if (grace != null && grace.asLong(0) <= 0) {
            errors.invalid(gracePath, grace, "must be greater than 0");
        }
        if (member.equals("readinessProbe")) {
            if (grace != null) {
                errors.invalid(gracePath, grace, "must not be set for readinessProbes");
            }
            return;
        }
        long threshold = probe.path("successThreshold").asLong(1);
        if (threshold != 1) {
            errors.invalid(path.child("successThreshold"), threshold, "must be 1");
        }
    }
}
