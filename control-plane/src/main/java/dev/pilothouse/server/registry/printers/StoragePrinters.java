package dev.pilothouse.server.registry.printers;

import dev.pilothouse.model.json.Json;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows of volumes, claims, classes and drivers. */
final class StoragePrinters {

    private static final String STORAGE = "storage.k8s.io";
    private static final String CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";
    private static final Map<String, String> ACCESS_MODES =
            Map.of(
                    "ReadWriteOnce", "RWO",
                    "ReadOnlyMany", "ROX",
                    "ReadWriteMany", "RWX",
                    "ReadWriteOncePod", "RWOP");

    private StoragePrinters() {}

    static void register(Registry registry) {
        registry.add(
                "",
                "persistentvolumes",
                StoragePrinters::volume,
                "Name",
                "Capacity",
                "Access Modes",
                "Reclaim Policy",
                "Status",
                "Claim",
                "StorageClass",
                "VolumeAttributesClass",
                "Reason",
                "Age",
                "+VolumeMode");
        registry.add(
                "",
                "persistentvolumeclaims",
                StoragePrinters::claim,
                "Name",
                "Status",
                "Volume",
                "Capacity",
                "Access Modes",
                "StorageClass",
                "VolumeAttributesClass",
                "Age",
                "+VolumeMode");
        registry.add(
                STORAGE,
                "storageclasses",
                StoragePrinters::storageClass,
                "Name",
                "Provisioner",
                "ReclaimPolicy",
                "VolumeBindingMode",
                "AllowVolumeExpansion",
                "Age");
        registry.add(
                STORAGE,
                "volumeattributesclasses",
                StoragePrinters::attributesClass,
                "Name",
                "DriverName",
                "Age");
        registry.add(
                STORAGE,
                "volumeattachments",
                StoragePrinters::attachment,
                "Name",
                "Attacher",
                "PV",
                "Node",
                "Attached:boolean",
                "Age");
        registry.add(
                STORAGE,
                "csinodes",
                (o, now) ->
                        List.of(Cells.name(o), Cells.size(o, "spec", "drivers"), Cells.age(o, now)),
                "Name",
                "Drivers:integer",
                "Age");
        registry.add(
                STORAGE,
                "csidrivers",
                StoragePrinters::driver,
                "Name",
                "AttachRequired:boolean",
                "PodInfoOnMount:boolean",
                "StorageCapacity:boolean",
                "TokenRequests",
                "RequiresRepublish:boolean",
                "Modes",
                "Age");
        registry.add(
                STORAGE,
                "csistoragecapacities",
                (o, now) ->
                        List.of(
                                Cells.name(o),
                                Json.text(o, "storageClassName"),
                                Cells.anyOr(o, Cells.UNSET, "capacity")),
                "Name",
                "StorageClassName",
                "Capacity");
    }

    private static List<Object> volume(ObjectNode volume, Instant now) {
        JsonNode claim = Json.at(volume, "spec", "claimRef");
        return List.of(
                Cells.name(volume),
                Cells.anyOr(volume, "0", "spec", "capacity", "storage"),
                accessModes(volume, "spec", "accessModes"),
                Json.text(volume, "spec", "persistentVolumeReclaimPolicy"),
                phase(volume),
                claim == null ? "" : Json.text(claim, "namespace") + "/" + Json.text(claim, "name"),
                className(volume),
                Cells.textOr(volume, Cells.UNSET, "spec", "volumeAttributesClassName"),
                Json.text(volume, "status", "reason"),
                Cells.age(volume, now),
                Cells.textOr(volume, Cells.UNSET, "spec", "volumeMode"));
    }

    private static List<Object> claim(ObjectNode claim, Instant now) {
        String volume = Json.text(claim, "spec", "volumeName");
        boolean bound = !volume.isEmpty();
        return List.of(
                Cells.name(claim),
                phase(claim),
                volume,
                bound ? Cells.anyOr(claim, "0", "status", "capacity", "storage") : "",
                bound ? accessModes(claim, "status", "accessModes") : "",
                className(claim),
                Cells.textOr(claim, Cells.UNSET, "spec", "volumeAttributesClassName"),
                Cells.age(claim, now),
                Cells.textOr(claim, Cells.UNSET, "spec", "volumeMode"));
    }

    private static String phase(ObjectNode object) {
        return Cells.terminating(object) ? "Terminating" : Json.text(object, "status", "phase");
    }

    private static String className(ObjectNode object) {
        return Cells.textOr(
                object,
                Json.text(object, "spec", "storageClassName"),
                "metadata",
                "annotations",
                CLASS_ANNOTATION);
    }

    /** Short forms without repetition, in a fixed order. */
    private static String accessModes(ObjectNode object, String... path) {
        JsonNode modes = Json.at(object, path);
        if (modes == null) {
            return "";
        }
        Set<String> given = modes.valueStream().map(Cells::plain).collect(Collectors.toSet());
        Set<String> texts = new LinkedHashSet<>();
        for (String mode :
                List.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod")) {
            String text = ACCESS_MODES.get(mode);
            if (text != null && given.contains(mode)) {
                texts.add(text);
            }
        }
        return String.join(",", texts);
    }

    private static List<Object> storageClass(ObjectNode object, Instant now) {
        return List.of(
                defaulted(object, "storageclass.kubernetes.io/is-default-class"),
                Json.text(object, "provisioner"),
                Cells.textOr(object, "Delete", "reclaimPolicy"),
                Cells.textOr(object, "Immediate", "volumeBindingMode"),
                Json.bool(object, "allowVolumeExpansion"),
                Cells.age(object, now));
    }

    private static List<Object> attributesClass(ObjectNode object, Instant now) {
        return List.of(
                defaulted(object, "volumeattributesclass.alpha.kubernetes.io/is-default-class"),
                Json.text(object, "driverName"),
                Cells.age(object, now));
    }

    private static String defaulted(ObjectNode object, String annotation) {
        boolean isDefault = Json.text(object, "metadata", "annotations", annotation).equals("true");
        return isDefault ? Cells.name(object) + " (default)" : Cells.name(object);
    }

    private static List<Object> attachment(ObjectNode object, Instant now) {
        return List.of(
                Cells.name(object),
                Json.text(object, "spec", "attacher"),
                Json.text(object, "spec", "source", "persistentVolumeName"),
                Json.text(object, "spec", "nodeName"),
                Json.bool(object, "status", "attached"),
                Cells.age(object, now));
    }

    private static List<Object> driver(ObjectNode object, Instant now) {
        JsonNode attach = Json.at(object, "spec", "attachRequired");
        String modes = Cells.join(object, ",", "spec", "volumeLifecycleModes");
        String audiences =
                Json.at(object, "spec", "tokenRequests") == null
                        ? Cells.UNSET
                        : Json.objects(object, "spec", "tokenRequests").stream()
                                .map(request -> Json.text(request, "audience"))
                                .collect(Collectors.joining(","));
        return List.of(
                Cells.name(object),
                attach == null || attach.asBoolean(true),
                Json.bool(object, "spec", "podInfoOnMount"),
                Json.bool(object, "spec", "storageCapacity"),
                audiences,
                Json.bool(object, "spec", "requiresRepublish"),
                modes.isEmpty() ? Cells.NONE : modes,
                Cells.age(object, now));
    }
}
