package dev.pilothouse.server.registry.pod;

import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.Names;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks the volumes of a pod: names, one source each, and the sources themselves. */
final class VolumeValidator {

    private static final List<String> HOST_PATH_TYPES =
            List.of(
                    "",
                    "BlockDevice",
                    "CharDevice",
                    "Directory",
                    "DirectoryOrCreate",
                    "File",
                    "FileOrCreate",
                    "Socket");
    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");

    private VolumeValidator() {}

    /** Checks all volumes; answers the good ones by name. */
    static Map<String, JsonNode> validate(JsonNode spec, FieldPath path, FieldErrors errors) {
        JsonNode volumes = spec.path("volumes");
        if (volumes.isEmpty()) {
            return Map.of();
        }
        Map<String, JsonNode> good = new HashMap<>();
        Set<String> names = new HashSet<>();
        int index = 0;
        for (JsonNode volume : volumes) {
            FieldPath at = path.child("volumes").index(index++);
            int before = errors.size();
            source(volume, at, errors);
            String name = FieldChecks.text(volume, "name");
            if (name.isEmpty()) {
                errors.required(at.child("name"), "");
            } else {
                FieldChecks.report(Names.dnsLabel(name), name, at.child("name"), errors);
            }
            if (!names.add(name)) {
                errors.duplicate(at.child("name"), name);
            }
            if (errors.size() == before) {
                good.put(name, volume);
            }
        }
        return good;
    }

    private static void source(JsonNode volume, FieldPath path, FieldErrors errors) {
        boolean found = false;
        for (var entry : volume.properties()) {
            String source = entry.getKey();
            if (source.equals("name") || !entry.getValue().isObject()) {
                continue;
            }
            FieldPath at = path.child(source);
            if (found) {
                errors.forbidden(at, "may not specify more than 1 volume type");
                continue;
            }
            found = true;
            settings(source, entry.getValue(), at, errors);
        }
        if (!found) {
            errors.required(path, "must specify a volume type");
        }
    }

    private static void settings(
            String source, JsonNode settings, FieldPath path, FieldErrors errors) {
        switch (source) {
            case "emptyDir" -> emptyDir(settings, path, errors);
            case "hostPath" -> hostPath(settings, path, errors);
            case "secret" -> ProjectionValidator.named("secretName", settings, true, path, errors);
            case "configMap" -> ProjectionValidator.named("name", settings, true, path, errors);
            case "downwardAPI" -> ProjectionValidator.downward(settings, true, path, errors);
            case "projected" -> ProjectionValidator.projected(settings, path, errors);
            case "persistentVolumeClaim" -> {
                if (FieldChecks.text(settings, "claimName").isEmpty()) {
                    errors.required(path.child("claimName"), "");
                }
            }
            case "image" -> {
                if (FieldChecks.text(settings, "reference").isEmpty()) {
                    errors.required(path.child("reference"), "");
                }
                FieldChecks.requiredOneOf(settings, "pullPolicy", PULL_POLICIES, path, errors);
            }
            case "ephemeral" -> ephemeral(settings, path, errors);
            default -> RemoteVolumeValidator.validate(source, settings, path, errors);
        }
    }

    private static void emptyDir(JsonNode settings, FieldPath path, FieldErrors errors) {
        String limit = FieldChecks.text(settings, "sizeLimit");
        if (limit.isEmpty()) {
            return;
        }
        if (!Quantity.isValid(limit)) {
            errors.invalid(path.child("sizeLimit"), limit, Quantity.SYNTAX_ERROR);
        } else if (Quantity.parse(limit).signum() < 0) {
            errors.forbidden(
                    path.child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
        }
    }

    private static void hostPath(JsonNode settings, FieldPath path, FieldErrors errors) {
        String host = FieldChecks.text(settings, "path");
        if (host.isEmpty()) {
            errors.required(path.child("path"), "");
            return;
        }
        Paths.noBacksteps(host, path.child("path"), errors);
        FieldChecks.optionalOneOf(settings, "type", HOST_PATH_TYPES, path, errors);
    }

    private static void ephemeral(JsonNode settings, FieldPath path, FieldErrors errors) {
        if (!settings.has("volumeClaimTemplate")) {
            errors.required(path.child("volumeClaimTemplate"), "");
            return;
        }
        JsonNode template = settings.path("volumeClaimTemplate");
        FieldPath at = path.child("volumeClaimTemplate");
        ClaimSpecValidator.templateMetadata(template, at, errors);
        ClaimSpecValidator.validate(template.path("spec"), at.child("spec"), errors);
    }
}
