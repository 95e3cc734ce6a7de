package dev.pilothouse.server.registry.storageclass;

import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import tools.jackson.databind.node.ObjectNode;

/** Rules of VolumeAttributesClasses. Source: ValidateVolumeAttributesClass. */
public final class VolumeAttributesClassStrategy implements ResourceStrategy {

    @Override
    public void validate(ObjectNode attributes, FieldErrors errors) {
        ObjectCheck whole = ObjectCheck.of(attributes, errors);
        DriverNames.require(whole, "driverName");
        if (whole.require("parameters", "must contain at least one key/value pair")) {
            StorageClassStrategy.parameters(whole);
        }
    }

    @Override
    public void validateUpdate(ObjectNode attributes, ObjectNode old, FieldErrors errors) {
        validate(attributes, errors);
        StorageClassStrategy.unchanged(attributes, old, errors, "driverName", "parameters");
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }
}
