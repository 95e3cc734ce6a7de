package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Where a PersistentVolume's data is. Source: ValidatePersistentVolumeSpec. */
final class PersistentVolumeSources {

    private static final List<String> KINDS =
            List.of(
                    "hostPath",
                    "gcePersistentDisk",
                    "awsElasticBlockStore",
                    "glusterfs",
                    "flocker",
                    "nfs",
                    "rbd",
                    "quobyte",
                    "cephfs",
                    "iscsi",
                    "cinder",
                    "fc",
                    "flexVolume",
                    "azureFile",
                    "vsphereVolume",
                    "photonPersistentDisk",
                    "portworxVolume",
                    "azureDisk",
                    "scaleIO",
                    "local",
                    "storageos",
                    "csi");

    private PersistentVolumeSources() {}

    static void setDefaults(ObjectNode spec) {
        if (spec.get("hostPath") instanceof ObjectNode path && !path.has("type")) {
            path.put("type", "");
        }
        if (spec.get("iscsi") instanceof ObjectNode iscsi) {
            Defaults.text(iscsi, "iscsiInterface", "default");
        }
        if (spec.get("rbd") instanceof ObjectNode rbd) {
            Defaults.text(rbd, "pool", "rbd");
            Defaults.text(rbd, "user", "admin");
            Defaults.text(rbd, "keyring", "/etc/ceph/keyring");
        }
        if (spec.get("azureDisk") instanceof ObjectNode disk) {
            Defaults.text(disk, "cachingMode", "ReadWrite");
            Defaults.text(disk, "kind", "Shared");
            Defaults.text(disk, "fsType", "ext4");
            Defaults.bool(disk, "readOnly", false);
        }
        if (spec.get("scaleIO") instanceof ObjectNode scale) {
            Defaults.text(scale, "storageMode", "ThinProvisioned");
            Defaults.text(scale, "fsType", "xfs");
        }
    }

    static boolean same(ObjectNode a, ObjectNode b) {
        return KINDS.stream().allMatch(kind -> ObjectCheck.same(a.get(kind), b.get(kind)));
    }

    static void validate(ObjectCheck spec) {
        int found = 0;
        for (String kind : KINDS) {
            if (!spec.present(kind)) {
                continue;
            }
            if (found++ > 0) {
                spec.forbidden(kind, "may not specify more than 1 volume type");
            } else {
                source(spec, kind);
            }
        }
        if (found == 0) {
            spec.errors().required(spec.path(), "must specify a volume type");
        }
        if (Json.text(spec.node(), "hostPath", "path").equals("/")
                && spec.text("persistentVolumeReclaimPolicy").equals("Recycle")) {
            spec.forbidden(
                    "persistentVolumeReclaimPolicy",
                    "may not be 'recycle' for a hostPath mount of '/'");
        }
    }

    private static void source(ObjectCheck spec, String kind) {
        ObjectCheck source = spec.child(kind);
        switch (kind) {
            case "hostPath" -> {
                if (source.require("path")) {
                    noBacksteps(source, "path");
                }
            }
            case "local" -> {
                if (source.require("path")) {
                    noBacksteps(source, "path");
                }
                if (!spec.present("nodeAffinity")) {
                    spec.errors()
                            .required(
                                    FieldPath.of("metadata").child("annotations"),
                                    "Local volume requires node affinity");
                }
            }
            case "nfs" -> {
                source.require("server");
                if (source.require("path") && !source.text("path").startsWith("/")) {
                    source.invalid("path", "must be an absolute path");
                }
            }
            case "csi" -> {
                source.requireSyntax("driver", PersistentVolumeSources::driver);
                source.require("volumeHandle");
            }
            case "iscsi" -> {
                source.require("targetPortal");
                source.require("iqn");
            }
            case "cephfs", "rbd" -> source.require("monitors");
            case "glusterfs" -> {
                source.require("endpoints");
                source.require("path");
            }
            case "cinder", "awsElasticBlockStore" -> source.require("volumeID");
            case "gcePersistentDisk" -> source.require("pdName");
            case "vsphereVolume" -> source.require("volumePath");
            case "azureFile" -> {
                source.require("secretName");
                source.require("shareName");
            }
            case "azureDisk" -> {
                source.require("diskName");
                source.require("diskURI");
            }
            case "flexVolume" -> source.require("driver");
            default -> {}
        }
    }

    private static List<String> driver(String name) {
        return name.length() > 63
                ? List.of("must be no more than 63 characters")
                : Names.dnsSubdomain(name.toLowerCase(Locale.ROOT));
    }

    private static void noBacksteps(ObjectCheck source, String field) {
        if (List.of(source.text(field).split("/", -1)).contains("..")) {
            source.invalid(field, "must not contain '..'");
        }
    }
}
