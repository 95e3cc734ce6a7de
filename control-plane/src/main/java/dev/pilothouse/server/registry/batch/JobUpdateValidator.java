package dev.pilothouse.server.registry.batch;

import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks what may change in a job. Source: ValidateJobSpecUpdate. */
final class JobUpdateValidator {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final List<String> IMMUTABLE =
            List.of(
                    "selector",
                    "completionMode",
                    "podFailurePolicy",
                    "backoffLimitPerIndex",
                    "managedBy",
                    "successPolicy");

    /** What tells the scheduler where pods go; it may change before the first pod starts. */
    private static final List<String> DIRECTIVES =
            List.of("affinity", "nodeSelector", "tolerations", "schedulingGates");

    private JobUpdateValidator() {}

    static void validate(ObjectNode job, ObjectNode old, FieldErrors errors) {
        JsonNode spec = job.path("spec");
        JsonNode oldSpec = old.path("spec");
        completions(spec, oldSpec, errors);
        for (String member : IMMUTABLE) {
            FieldChecks.immutable(
                    spec.get(member), oldSpec.get(member), SPEC.child(member), errors);
        }
        JsonNode template = spec.path("template");
        JsonNode oldTemplate = oldSpec.path("template");
        if (template.equals(oldTemplate)) {
            return;
        }
        boolean notStarted =
                oldSpec.path("suspend").asBoolean(false) && !old.path("status").has("startTime");
        JsonNode compared = notStarted ? withDirectivesOf(template, oldTemplate) : template;
        FieldChecks.immutable(compared, oldTemplate, SPEC.child("template"), errors);
    }

    /** An indexed job may grow and shrink, all its pods running at once (KEP 3715). */
    private static void completions(JsonNode spec, JsonNode oldSpec, FieldErrors errors) {
        JsonNode completions = spec.get("completions");
        JsonNode old = oldSpec.get("completions");
        if (Objects.equals(completions, old)) {
            return;
        }
        FieldPath path = SPEC.child("completions");
        boolean indexed = FieldChecks.text(spec, "completionMode").equals("Indexed");
        if (!indexed || completions == null || old == null) {
            FieldChecks.immutable(completions, old, path, errors);
        } else if (!completions.equals(spec.get("parallelism"))) {
            errors.invalid(
                    path,
                    completions,
                    "can only be modified in tandem with " + SPEC.child("parallelism"));
        }
    }

    private static JsonNode withDirectivesOf(JsonNode template, JsonNode oldTemplate) {
        ObjectNode copy = ((ObjectNode) template).deepCopy();
        ObjectNode metadata = child(copy, "metadata");
        JsonNode oldMetadata = oldTemplate.path("metadata");
        restore(metadata, oldMetadata, "labels");
        restore(metadata, oldMetadata, "annotations");
        if (metadata.isEmpty() && !oldTemplate.has("metadata")) {
            copy.remove("metadata");
        }
        ObjectNode pod = child(copy, "spec");
        for (String directive : DIRECTIVES) {
            restore(pod, oldTemplate.path("spec"), directive);
        }
        for (String list : List.of("containers", "initContainers")) {
            int index = 0;
            for (JsonNode container : pod.path(list)) {
                JsonNode before = oldTemplate.path("spec").path(list).path(index++);
                restore((ObjectNode) container, before, "resources");
            }
        }
        return copy;
    }

    private static ObjectNode child(ObjectNode parent, String member) {
        return parent.get(member) instanceof ObjectNode node ? node : parent.putObject(member);
    }

    private static void restore(ObjectNode object, JsonNode old, String member) {
        JsonNode before = old.get(member);
        if (before == null) {
            object.remove(member);
        } else {
            object.set(member, before);
        }
    }
}
