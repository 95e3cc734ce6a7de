package dev.pilothouse.server.registry.resource;

import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import tools.jackson.databind.node.ObjectNode;

/** Rules of DeviceClasses. */
public final class DeviceClassStrategy implements ResourceStrategy {

    @Override
    public void validate(ObjectNode deviceClass, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(deviceClass, errors).child("spec");
        DeviceRequests.selectors(spec);
        spec.each("config", config -> config.ifPresent("opaque", DeviceRequests::opaque));
    }

    @Override
    public boolean tracksGeneration() {
        return true;
    }
}
