package dev.pilothouse.server.registry.core;

import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.pod.PodSpecDefaults;
import dev.pilothouse.server.registry.pod.PodTemplateRules;
import dev.pilothouse.server.registry.pod.PodWarnings;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Rules of pod templates. */
public final class PodTemplateStrategy implements ResourceStrategy {

    @Override
    public void setDefaults(ObjectNode object) {
        if (object.get("template") instanceof ObjectNode template) {
            PodSpecDefaults.applyToTemplate(template);
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        PodTemplateRules.validate(object.path("template"), FieldPath.of("template"), errors);
    }

    @Override
    public List<String> warnings(ObjectNode object) {
        return PodWarnings.ofTemplate(object.path("template"), "template");
    }

    @Override
    public boolean tracksGeneration() {
        return true;
    }
}
