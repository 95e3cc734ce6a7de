package dev.pilothouse.server.registry.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import tools.jackson.databind.node.ObjectNode;

/** Rules of ResourceClaimTemplates: the spec never changes. */
public final class ResourceClaimTemplateStrategy implements ResourceStrategy {

    @Override
    public void setDefaults(ObjectNode template) {
        DeviceRequests.setDefaults(Json.child(Json.child(template, "spec"), "spec"));
    }

    @Override
    public void validate(ObjectNode template, FieldErrors errors) {
        DeviceRequests.validateClaimSpec(
                ObjectCheck.of(template, errors).child("spec").child("spec"));
    }

    @Override
    public void validateUpdate(ObjectNode template, ObjectNode old, FieldErrors errors) {
        ObjectCheck.of(template, errors).immutable("spec", old);
    }
}
