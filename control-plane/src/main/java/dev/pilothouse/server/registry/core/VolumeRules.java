package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import dev.pilothouse.server.registry.validation.ResourceNames;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What PersistentVolumes and PersistentVolumeClaims share. */
final class VolumeRules {

    private static final List<String> ACCESS_MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
    private static final List<String> VOLUME_MODES = List.of("Block", "Filesystem");

    private VolumeRules() {}

    static void accessModes(ObjectCheck spec, String missing) {
        if (!spec.require("accessModes", missing)) {
            return;
        }
        boolean[] single = new boolean[1];
        spec.eachText(
                "accessModes",
                (mode, path) -> {
                    if (!ACCESS_MODES.contains(mode)) {
                        spec.errors().notSupported(path, mode, ACCESS_MODES);
                    }
                    single[0] |= mode.equals("ReadWriteOncePod");
                });
        if (single[0] && spec.size("accessModes") > 1) {
            spec.forbidden("accessModes", "may not use ReadWriteOncePod with other access modes");
        }
    }

    static void volumeMode(ObjectCheck spec) {
        spec.oneOf("volumeMode", VOLUME_MODES);
    }

    static void positive(ObjectCheck owner, FieldPath path, String resource, JsonNode amount) {
        int before = owner.errors().size();
        ResourceNames.validateQuantity(resource, amount, path, owner.errors());
        if (owner.errors().size() == before && quantity(amount).signum() <= 0) {
            owner.errors().invalid(path, amount, "must be greater than zero");
        }
    }

    static Quantity quantity(JsonNode amount) {
        return Quantity.parse(amount.isString() ? amount.stringValue() : amount.toString());
    }
}
