package dev.pilothouse.server.registry.resource;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Rules of ResourceClaims: the spec never changes. */
public final class ResourceClaimStrategy implements ResourceStrategy {

    @Override
    public void setDefaults(ObjectNode claim) {
        DeviceRequests.setDefaults(Json.child(claim, "spec"));
    }

    @Override
    public void validate(ObjectNode claim, FieldErrors errors) {
        DeviceRequests.validateClaimSpec(ObjectCheck.of(claim, errors).child("spec"));
    }

    @Override
    public void validateUpdate(ObjectNode claim, ObjectNode old, FieldErrors errors) {
        ObjectCheck.of(claim, errors).immutable("spec", old);
        validate(claim, errors);
    }

    @Override
    public void validateStatusUpdate(ObjectNode claim, ObjectNode old, FieldErrors errors) {
        ObjectCheck status = ObjectCheck.of(claim, errors).child("status");
        if (Json.at(old, "status", "allocation") != null && status.present("allocation")) {
            status.immutable("allocation", Json.child(old, "status"));
        }
        if (status.has("reservedFor") && !status.present("allocation")) {
            status.forbidden("reservedFor", "may not be specified when `allocated` is not set");
        }
        Set<String> seen = new HashSet<>();
        status.each(
                "reservedFor",
                consumer -> {
                    consumer.require("resource");
                    consumer.require("name");
                    consumer.require("uid");
                    if (!seen.add(consumer.text("uid"))) {
                        errors.duplicate(consumer.path(), consumer.text("uid"));
                    }
                });
    }

    @Override
    public boolean hasStatus() {
        return true;
    }
}
