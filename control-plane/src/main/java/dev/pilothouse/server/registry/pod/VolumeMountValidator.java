package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks where a container sees volumes, as directories or as raw devices. */
final class VolumeMountValidator {

    private static final List<String> PROPAGATIONS =
            List.of("Bidirectional", "HostToContainer", "None");
    private static final List<String> RECURSIVE = List.of("Disabled", "Enabled", "IfPossible");

    private VolumeMountValidator() {}

    static void validate(
            JsonNode container, Map<String, JsonNode> volumes, FieldPath path, FieldErrors errors) {
        JsonNode mounts = container.path("volumeMounts");
        JsonNode devices = container.path("volumeDevices");
        if (mounts.isEmpty() && devices.isEmpty()) {
            return;
        }
        Map<String, String> deviceMap = byName(devices, "devicePath");
        mounts(container, deviceMap, volumes, path.child("volumeMounts"), errors);
        devices(devices, byName(mounts, "mountPath"), volumes, path.child("volumeDevices"), errors);
    }

    private static void mounts(
            JsonNode container,
            Map<String, String> devices,
            Map<String, JsonNode> volumes,
            FieldPath path,
            FieldErrors errors) {
        Set<String> points = new HashSet<>();
        int index = 0;
        for (JsonNode mount : container.path("volumeMounts")) {
            FieldPath at = path.index(index++);
            String name = FieldChecks.text(mount, "name");
            String point = FieldChecks.text(mount, "mountPath");
            if (name.isEmpty()) {
                errors.required(at.child("name"), "");
            }
            if (!volumes.containsKey(name)) {
                errors.notFound(at.child("name"), name);
            }
            if (point.isEmpty()) {
                errors.required(at.child("mountPath"), "");
            }
            if (!points.add(point)) {
                errors.invalid(at.child("mountPath"), point, "must be unique");
            }
            if (devices.containsKey(name)) {
                errors.invalid(at.child("name"), name, "must not already exist in volumeDevices");
            }
            if (devices.containsValue(point)) {
                errors.invalid(
                        at.child("mountPath"),
                        point,
                        "must not already exist as a path in volumeDevices");
            }
            subPath(mount, path, at, errors);
            propagation(mount, container, path, at, errors);
        }
    }

    private static void subPath(
            JsonNode mount, FieldPath list, FieldPath path, FieldErrors errors) {
        String subPath = FieldChecks.text(mount, "subPath");
        String expression = FieldChecks.text(mount, "subPathExpr");
        if (!subPath.isEmpty()) {
            Paths.localDescending(subPath, list.child("subPath"), errors);
        }
        if (!expression.isEmpty()) {
            if (!subPath.isEmpty()) {
                errors.invalid(
                        path.child("subPathExpr"),
                        expression,
                        "subPathExpr and subPath are mutually exclusive");
            }
            Paths.localDescending(expression, list.child("subPathExpr"), errors);
        }
    }

    private static void propagation(
            JsonNode mount,
            JsonNode container,
            FieldPath list,
            FieldPath path,
            FieldErrors errors) {
        String propagation = FieldChecks.text(mount, "mountPropagation");
        FieldChecks.optionalOneOf(mount, "mountPropagation", PROPAGATIONS, list, errors);
        boolean privileged = container.path("securityContext").path("privileged").asBoolean(false);
        if (propagation.equals("Bidirectional") && !privileged) {
            errors.forbidden(
                    list.child("mountPropagation"),
                    "Bidirectional mount propagation is available only to privileged containers");
        }
        String recursive = FieldChecks.text(mount, "recursiveReadOnly");
        FieldPath at = path.child("recursiveReadOnly");
        FieldChecks.optionalOneOf(mount, "recursiveReadOnly", RECURSIVE, path, errors);
        if (recursive.equals("Enabled") || recursive.equals("IfPossible")) {
            if (!mount.path("readOnly").asBoolean(false)) {
                errors.forbidden(at, "may only be specified when readOnly is true");
            }
            if (!propagation.isEmpty() && !propagation.equals("None")) {
                errors.forbidden(
                        at, "may only be specified when mountPropagation is None or not specified");
            }
        }
    }

    private static void devices(
            JsonNode devices,
            Map<String, String> mounts,
            Map<String, JsonNode> volumes,
            FieldPath path,
            FieldErrors errors) {
        Set<String> names = new HashSet<>();
        Set<String> points = new HashSet<>();
        int index = 0;
        for (JsonNode device : devices) {
            FieldPath at = path.index(index++);
            String name = FieldChecks.text(device, "name");
            if (name.isEmpty()) {
                errors.required(at.child("name"), "");
            } else if (!names.add(name)) {
                errors.invalid(at.child("name"), name, "must be unique");
            }
            JsonNode volume = volumes.get(name);
            if (volume == null) {
                errors.notFound(at.child("name"), name);
            } else if (!volume.has("persistentVolumeClaim") && !volume.has("ephemeral")) {
                errors.invalid(
                        at.child("name"),
                        name,
                        "can only use volume source type of PersistentVolumeClaim or Ephemeral for"
                                + " block mode");
            }
            devicePath(device, points, at, errors);
            if (mounts.containsKey(name)) {
                errors.invalid(at.child("name"), name, "must not already exist in volumeMounts");
            }
            if (mounts.containsValue(FieldChecks.text(device, "devicePath"))) {
                errors.invalid(
                        at.child("devicePath"),
                        FieldChecks.text(device, "devicePath"),
                        "must not already exist as a path in volumeMounts");
            }
        }
    }

    private static void devicePath(
            JsonNode device, Set<String> points, FieldPath path, FieldErrors errors) {
        String point = FieldChecks.text(device, "devicePath");
        FieldPath at = path.child("devicePath");
        if (point.isEmpty()) {
            errors.required(at, "");
        }
        if (Paths.hasBackstep(point)) {
            errors.invalid(at, point, "can not contain backsteps ('..')");
        } else if (!points.add(point)) {
            errors.invalid(at, point, "must be unique");
        }
    }

    private static Map<String, String> byName(JsonNode list, String member) {
        Map<String, String> map = new LinkedHashMap<>();
        for (JsonNode element : list) {
            map.put(FieldChecks.text(element, "name"), FieldChecks.text(element, member));
        }
        return map;
    }
}
