package dev.pilothouse.server.registry.storageclass;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Rules of CSIDrivers. Source: ValidateCSIDriver. */
public final class CsiDriverStrategy implements ResourceStrategy {

    private static final List<String> POLICIES = List.of("File", "None", "ReadWriteOnceWithFSType");
    private static final List<String> MODES = List.of("Ephemeral", "Persistent");
    private static final int SHORTEST_TOKEN_SECONDS = 600;

    @Override
    public void setDefaults(ObjectNode driver) {
        ObjectNode spec = Json.child(driver, "spec");
        Defaults.bool(spec, "attachRequired", true);
        Defaults.bool(spec, "podInfoOnMount", false);
        Defaults.bool(spec, "storageCapacity", false);
        Defaults.text(spec, "fsGroupPolicy", "ReadWriteOnceWithFSType");
        Defaults.texts(spec, "volumeLifecycleModes", "Persistent");
        Defaults.bool(spec, "requiresRepublish", false);
        Defaults.bool(spec, "seLinuxMount", false);
    }

    @Override
    public void validate(ObjectNode driver, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(driver, errors).child("spec");
        spec.require("attachRequired");
        spec.require("podInfoOnMount");
        spec.oneOf("fsGroupPolicy", POLICIES);
        spec.eachText(
                "volumeLifecycleModes",
                (mode, path) -> {
                    if (!MODES.contains(mode)) {
                        errors.notSupported(path, mode, MODES);
                    }
                });
        Set<String> audiences = new HashSet<>();
        spec.each(
                "tokenRequests",
                token -> {
                    if (!audiences.add(token.text("audience"))) {
                        errors.duplicate(token.path("audience"), token.text("audience"));
                    }
                    token.range(
                            "expirationSeconds",
                            SHORTEST_TOKEN_SECONDS,
                            1L << 32,
                            Json.number(token.node(), 0, "expirationSeconds")
                                            < SHORTEST_TOKEN_SECONDS
                                    ? "may not specify a duration less than 10 minutes"
                                    : "may not specify a duration larger than 2^32 seconds");
                });
    }

    @Override
    public void validateUpdate(ObjectNode driver, ObjectNode old, FieldErrors errors) {
        validate(driver, errors);
        ObjectCheck spec = ObjectCheck.of(driver, errors).child("spec");
        spec.immutable("attachRequired", Json.child(old, "spec"));
        spec.immutable("volumeLifecycleModes", Json.child(old, "spec"));
    }

    @Override
    public boolean tracksGeneration() {
        return true;
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }
}
