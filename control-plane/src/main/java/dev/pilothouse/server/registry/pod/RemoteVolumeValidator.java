package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Checks volumes that live on some storage system. */
final class RemoteVolumeValidator {

    /** Members without which a source means nothing. */
    private static final Map<String, List<String>> REQUIRED =
            Map.ofEntries(
                    Map.entry("nfs", List.of("server", "path")),
                    Map.entry("gitRepo", List.of("repository")),
                    Map.entry("gcePersistentDisk", List.of("pdName")),
                    Map.entry("awsElasticBlockStore", List.of("volumeID")),
                    Map.entry("iscsi", List.of("targetPortal", "iqn")),
                    Map.entry("glusterfs", List.of("endpoints", "path")),
                    Map.entry("rbd", List.of("image")),
                    Map.entry("cinder", List.of("volumeID")),
                    Map.entry("quobyte", List.of("registry", "volume")),
                    Map.entry("flexVolume", List.of("driver")),
                    Map.entry("azureFile", List.of("secretName", "shareName")),
                    Map.entry("vsphereVolume", List.of("volumePath")),
                    Map.entry("photonPersistentDisk", List.of("pdID")),
                    Map.entry("portworxVolume", List.of("volumeID")),
                    Map.entry("azureDisk", List.of("diskName", "diskURI")),
                    Map.entry("scaleIO", List.of("gateway", "system", "volumeName")),
                    Map.entry("csi", List.of("driver")));

    private static final Pattern CSI_DRIVER =
            Pattern.compile("[a-zA-Z0-9]([-a-zA-Z0-9_.]{0,61}[a-zA-Z0-9])?");

    private RemoteVolumeValidator() {}

    static void validate(String source, JsonNode settings, FieldPath path, FieldErrors errors) {
        for (String member : REQUIRED.getOrDefault(source, List.of())) {
            if (FieldChecks.text(settings, member).isEmpty()) {
                errors.required(path.child(member), "");
            }
        }
        switch (source) {
            case "nfs" -> {
                String exported = FieldChecks.text(settings, "path");
                if (!exported.isEmpty() && !exported.startsWith("/")) {
                    errors.invalid(path.child("path"), exported, "must be an absolute path");
                }
            }
            case "gitRepo" -> {
                String directory = FieldChecks.text(settings, "directory");
                Paths.localDescending(directory, path.child("directory"), errors);
            }
            case "gcePersistentDisk", "awsElasticBlockStore" -> {
                long partition = settings.path("partition").asLong(0);
                if (partition < 0 || partition > 255) {
                    errors.invalid(
                            path.child("partition"),
                            partition,
                            "must be between 1 and 255, inclusive");
                }
            }
            case "rbd", "cephfs" -> {
                if (settings.path("monitors").isEmpty()) {
                    errors.required(path.child("monitors"), "");
                }
            }
            case "iscsi" -> iscsi(settings, path, errors);
            case "fc" -> fibreChannel(settings, path, errors);
            case "flocker" -> flocker(settings, path, errors);
            case "azureDisk" -> azureDisk(settings, path, errors);
            case "csi" -> csi(settings, path, errors);
            default -> {
                // Nothing beyond the required members.
            }
        }
    }

    private static void iscsi(JsonNode settings, FieldPath path, FieldErrors errors) {
        String iqn = FieldChecks.text(settings, "iqn");
        boolean known = iqn.startsWith("iqn") || iqn.startsWith("eui") || iqn.startsWith("naa");
        if (!iqn.isEmpty() && !known) {
            errors.invalid(
                    path.child("iqn"), iqn, "must be valid format starting with iqn, eui, or naa");
        }
        long lun = settings.path("lun").asLong(0);
        if (lun < 0 || lun > 255) {
            errors.invalid(path.child("lun"), lun, "must be between 0 and 255, inclusive");
        }
        boolean chap =
                settings.path("chapAuthDiscovery").asBoolean(false)
                        || settings.path("chapAuthSession").asBoolean(false);
        if (chap && !settings.has("secretRef")) {
            errors.required(path.child("secretRef"), "");
        }
    }

    private static void fibreChannel(JsonNode settings, FieldPath path, FieldErrors errors) {
        boolean names = !settings.path("targetWWNs").isEmpty();
        boolean ids = !settings.path("wwids").isEmpty();
        if (!names && !ids) {
            errors.required(
                    path.child("targetWWNs"),
                    "must specify either targetWWNs or wwids, but not both");
        } else if (names && ids) {
            errors.invalid(
                    path.child("targetWWNs"),
                    settings.get("targetWWNs"),
                    "targetWWNs and wwids can not be specified simultaneously");
        } else if (names && !settings.has("lun")) {
            errors.required(path.child("lun"), "lun is required if targetWWNs is specified");
        }
    }

    private static void flocker(JsonNode settings, FieldPath path, FieldErrors errors) {
        String name = FieldChecks.text(settings, "datasetName");
        String uuid = FieldChecks.text(settings, "datasetUUID");
        if (name.isEmpty() && uuid.isEmpty()) {
            errors.required(path, "one of datasetName and datasetUUID is required");
        } else if (!name.isEmpty() && !uuid.isEmpty()) {
            errors.invalid(
                    path,
                    "resource",
                    "datasetName and datasetUUID can not be specified simultaneously");
        }
        if (name.contains("/")) {
            errors.invalid(path.child("datasetName"), name, "must not contain '/'");
        }
    }

    private static void azureDisk(JsonNode settings, FieldPath path, FieldErrors errors) {
        FieldChecks.optionalOneOf(
                settings, "cachingMode", List.of("None", "ReadOnly", "ReadWrite"), path, errors);
        FieldChecks.optionalOneOf(
                settings, "kind", List.of("Dedicated", "Managed", "Shared"), path, errors);
    }

    private static void csi(JsonNode settings, FieldPath path, FieldErrors errors) {
        String driver = FieldChecks.text(settings, "driver");
        FieldPath at = path.child("driver");
        if (driver.length() > 63) {
            errors.tooLong(at, 63);
        } else if (!driver.isEmpty() && !CSI_DRIVER.matcher(driver).matches()) {
            errors.invalid(
                    at,
                    driver,
                    "must consist of alphanumeric characters, '-', '_' or '.', and must start and"
                            + " end with an alphanumeric character");
        }
        if (settings.has("nodePublishSecretRef")
                && FieldChecks.text(settings.path("nodePublishSecretRef"), "name").isEmpty()) {
            errors.required(path.child("nodePublishSecretRef").child("name"), "");
        }
    }
}
