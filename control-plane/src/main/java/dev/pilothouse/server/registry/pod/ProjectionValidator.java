package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.Names;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks volumes whose files show API objects, one kind or several together. */
final class ProjectionValidator {

    private static final String BAD_MODE =
            "must be a number between 0 and 0777 (octal), both inclusive";

    private ProjectionValidator() {}

    /** Checks a secret or config map. */
    static void named(
            String member,
            JsonNode settings,
            boolean isVolume,
            FieldPath path,
            FieldErrors errors) {
        if (FieldChecks.text(settings, member).isEmpty()) {
            errors.required(path.child(member), "");
        }
        if (isVolume) {
            mode(settings, "defaultMode", path, errors);
        }
        keyItems(settings, path, errors);
    }

    /** Checks fields of the pod shown as files. */
    static void downward(JsonNode settings, boolean isVolume, FieldPath path, FieldErrors errors) {
        if (isVolume) {
            mode(settings, "defaultMode", path, errors);
        }
        for (JsonNode item : settings.path("items")) {
            String file = FieldChecks.text(item, "path");
            if (file.isEmpty()) {
                errors.required(path.child("path"), "");
            } else {
                Paths.localNonReserved(file, path.child("path"), errors);
            }
            boolean field = FieldChecks.has(item, "fieldRef");
            boolean resource = FieldChecks.has(item, "resourceFieldRef");
            if (field) {
                EnvValidator.volumeFieldRef(item.path("fieldRef"), path.child("fieldRef"), errors);
                if (resource) {
                    errors.invalid(
                            path,
                            "resource",
                            "fieldRef and resourceFieldRef can not be specified simultaneously");
                }
            } else if (resource) {
                EnvValidator.resourceFieldRef(
                        item.path("resourceFieldRef"),
                        true,
                        path.child("resourceFieldRef"),
                        errors);
            } else {
                errors.required(
                        path.child("fieldRef"), "one of fieldRef and resourceFieldRef is required");
            }
            mode(item, "mode", path, errors);
        }
    }

    /** Checks several sources in one volume. */
    static void projected(JsonNode settings, FieldPath path, FieldErrors errors) {
        mode(settings, "defaultMode", path, errors);
        Set<String> files = new HashSet<>();
        int index = 0;
        for (JsonNode source : settings.path("sources")) {
            FieldPath at = path.child("sources").index(index++);
            boolean found = false;
            for (var entry : source.properties()) {
                FieldPath own = at.child(entry.getKey());
                if (found) {
                    errors.forbidden(own, "may not specify more than 1 volume type");
                    continue;
                }
                found = true;
                source(entry.getKey(), entry.getValue(), own, errors);
                conflicts(entry.getKey(), entry.getValue(), files, path, errors);
            }
            if (!found) {
                errors.required(at, "must specify at least one volume source per projection");
            }
        }
    }

    private static void source(String kind, JsonNode settings, FieldPath path, FieldErrors errors) {
        switch (kind) {
            case "secret", "configMap" -> named("name", settings, false, path, errors);
            case "downwardAPI" -> downward(settings, false, path, errors);
            case "serviceAccountToken" -> token(settings, path, errors);
            case "clusterTrustBundle" -> {
                Paths.localNonReserved(
                        FieldChecks.text(settings, "path"), path.child("path"), errors);
                boolean byName = settings.has("name");
                boolean bySigner = settings.has("signerName");
                if (byName && bySigner) {
                    errors.invalid(path, settings, "only one of name and signerName may be used");
                } else if (!byName && !bySigner) {
                    errors.required(path, "either name or signerName must be specified");
                }
            }
            default -> {
                if (FieldChecks.text(settings, "signerName").isEmpty()) {
                    errors.required(path.child("signerName"), "");
                }
                if (FieldChecks.text(settings, "keyType").isEmpty()) {
                    errors.required(path.child("keyType"), "");
                }
            }
        }
    }

    private static void token(JsonNode token, FieldPath path, FieldErrors errors) {
        long seconds = token.path("expirationSeconds").asLong(3600);
        FieldPath at = path.child("expirationSeconds");
        if (seconds < 600) {
            errors.invalid(at, seconds, "may not specify a duration less than 10 minutes");
        } else if (seconds > 1L << 32) {
            errors.invalid(at, seconds, "may not specify a duration larger than 2^32 seconds");
        }
        String file = FieldChecks.text(token, "path");
        if (file.isEmpty()) {
            errors.required(path.child("path"), "");
        } else {
            Paths.localNonReserved(file, path.child("path"), errors);
        }
    }

    private static void conflicts(
            String kind, JsonNode settings, Set<String> files, FieldPath path, FieldErrors errors) {
        if (settings.has("path")) {
            conflict(FieldChecks.text(settings, "path"), files, path, errors);
        }
        for (JsonNode item : settings.path("items")) {
            String file = FieldChecks.text(item, "path");
            if (!file.isEmpty() && !files.add(file)) {
                String name = FieldChecks.text(settings, "name");
                errors.invalid(path, name.isEmpty() ? kind : name, "conflicting duplicate paths");
            }
        }
    }

    private static void conflict(
            String file, Set<String> files, FieldPath path, FieldErrors errors) {
        if (!file.isEmpty() && !files.add(file)) {
            errors.invalid(path, file, "conflicting duplicate paths");
        }
    }

    private static void keyItems(JsonNode settings, FieldPath path, FieldErrors errors) {
        int index = 0;
        for (JsonNode item : settings.path("items")) {
            FieldPath at = path.child("items").index(index++);
            String key = FieldChecks.text(item, "key");
            if (key.isEmpty()) {
                errors.required(at.child("key"), "");
            } else {
                FieldChecks.report(Names.configMapKey(key), key, at.child("key"), errors);
            }
            String file = FieldChecks.text(item, "path");
            if (file.isEmpty()) {
                errors.required(at.child("path"), "");
            } else {
                Paths.localNonReserved(file, at.child("path"), errors);
            }
            mode(item, "mode", at, errors);
        }
    }

    private static void mode(JsonNode parent, String member, FieldPath path, FieldErrors errors) {
        JsonNode mode = parent.get(member);
        if (mode != null && (mode.asLong(0) < 0 || mode.asLong(0) > 0777)) {
            errors.invalid(path.child(member), mode, BAD_MODE);
        }
    }
}
