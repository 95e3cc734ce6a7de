package dev.pilothouse.server.registry.core;

import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Rules of Bindings. Source: ValidatePodBinding. */
public final class BindingStrategy implements ResourceStrategy {

    @Override
    public void validate(ObjectNode binding, FieldErrors errors) {
        ObjectCheck target = ObjectCheck.of(binding, errors).child("target");
        String kind = target.text("kind");
        if (!kind.isEmpty() && !kind.equals("Node")) {
            errors.notSupported(target.path("kind"), kind, List.of("Node", "<empty>"));
        }
        target.require("name");
    }
}
