package dev.pilothouse.server.registry.apps;

import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import tools.jackson.databind.node.ObjectNode;

/** Rules of controller revisions: they record a state and keep it. */
public final class ControllerRevisionStrategy implements ResourceStrategy {

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        if (!FieldChecks.has(object, "data")) {
            errors.required(FieldPath.of("data"), "data is mandatory");
        }
        if (object.path("revision").asLong(0) < 0) {
            errors.invalid(
                    FieldPath.of("revision"),
                    object.get("revision"),
                    "must be greater than or equal to 0");
        }
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        validate(object, errors);
        FieldChecks.immutable(object.get("data"), old.get("data"), FieldPath.of("data"), errors);
    }
}
