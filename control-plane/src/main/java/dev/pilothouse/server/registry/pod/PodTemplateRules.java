package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.LabelsValidator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks templates of pods. Source: ValidatePodTemplateSpec. */
public final class PodTemplateRules {

    private PodTemplateRules() {}

    /** Checks a template: its labels, annotations and spec. */
    public static void validate(JsonNode template, FieldPath path, FieldErrors errors) {
        if (template instanceof ObjectNode object) {
            LabelsValidator.validateTemplateMetadata(object, path, errors);
        }
        JsonNode spec = template.path("spec");
        PodAnnotations.validate(template, spec, path.child("annotations"), errors);
        PodSpecValidator.validate(spec, false, path.child("spec"), errors);
        if (!spec.path("ephemeralContainers").isEmpty()) {
            errors.forbidden(
                    path.child("spec").child("ephemeralContainers"),
                    "ephemeral containers not allowed in pod template");
        }
    }
}
