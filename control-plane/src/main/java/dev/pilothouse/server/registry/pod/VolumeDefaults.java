package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldChecks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Defaults of volumes. Source: pkg/apis/core/v1/defaults.go. */
final class VolumeDefaults {

    private static final int READABLE_BY_ALL = 0644;

    private VolumeDefaults() {}

    static void apply(ObjectNode volume) {
        String source = sourceOf(volume);
        if (source.isEmpty()) {
            volume.putObject("emptyDir");
            return;
        }
        if (!(volume.get(source) instanceof ObjectNode settings)) {
            return;
        }
        switch (source) {
            case "emptyDir" -> Defaults.quantity(settings, "sizeLimit");
            case "secret", "configMap" -> Defaults.number(settings, "defaultMode", READABLE_BY_ALL);
            case "downwardAPI" -> {
                Defaults.number(settings, "defaultMode", READABLE_BY_ALL);
                downward(settings);
            }
            case "projected" -> projected(settings);
            case "hostPath" -> {
                if (!settings.hasNonNull("type")) {
                    settings.put("type", "");
                }
            }
            case "image" -> {
                if (FieldChecks.text(settings, "pullPolicy").isEmpty()) {
                    settings.put(
                            "pullPolicy",
                            ContainerDefaults.pullPolicy(FieldChecks.text(settings, "reference")));
                }
            }
            case "ephemeral" -> {
                if (settings.path("volumeClaimTemplate").get("spec") instanceof ObjectNode claim) {
                    claimSpec(claim);
                }
            }
            default -> remote(source, settings);
        }
    }

    /** Defaults of a claim's spec. */
    static void claimSpec(ObjectNode claim) {
        Defaults.text(claim, "volumeMode", "Filesystem");
        ObjectNode resources = Defaults.object(claim, "resources");
        Defaults.quantities(resources.get("limits"));
        Defaults.quantities(resources.get("requests"));
    }

    private static void remote(String source, ObjectNode settings) {
        switch (source) {
            case "iscsi" -> Defaults.text(settings, "iscsiInterface", "default");
            case "rbd" -> {
                Defaults.text(settings, "pool", "rbd");
                Defaults.text(settings, "user", "admin");
                Defaults.text(settings, "keyring", "/etc/ceph/keyring");
            }
            case "azureDisk" -> {
                Defaults.text(settings, "cachingMode", "ReadWrite");
                Defaults.text(settings, "kind", "Shared");
                Defaults.text(settings, "fsType", "ext4");
                Defaults.bool(settings, "readOnly", false);
            }
            case "scaleIO" -> {
                Defaults.text(settings, "storageMode", "ThinProvisioned");
                Defaults.text(settings, "fsType", "xfs");
            }
            default -> {
                // The other sources have no defaults.
            }
        }
    }

    private static void projected(ObjectNode settings) {
        Defaults.number(settings, "defaultMode", READABLE_BY_ALL);
        for (JsonNode source : settings.path("sources")) {
            downward(source.path("downwardAPI"));
            if (source.get("serviceAccountToken") instanceof ObjectNode token) {
                Defaults.number(token, "expirationSeconds", 3600);
            }
        }
    }

    private static void downward(JsonNode settings) {
        for (JsonNode item : settings.path("items")) {
            ContainerDefaults.fieldRef(item);
        }
    }

    private static String sourceOf(ObjectNode volume) {
        for (var entry : volume.properties()) {
            if (!entry.getKey().equals("name") && entry.getValue().isObject()) {
                return entry.getKey();
            }
        }
        return "";
    }
}
