package dev.pilothouse.server.registry.pod;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.LabelSelectorValidator;
import dev.pilothouse.server.registry.validation.LabelsValidator;
import dev.pilothouse.server.registry.validation.Names;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Checks the specs of claims that pods and stateful sets contain. Source:
 * ValidatePersistentVolumeClaimSpec.
 */
public final class ClaimSpecValidator {

    private static final List<String> ACCESS_MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
    private static final List<String> VOLUME_MODES = List.of("Block", "Filesystem");

    private ClaimSpecValidator() {}

    /** Checks a claim's spec. */
    public static void validate(JsonNode spec, FieldPath path, FieldErrors errors) {
        JsonNode modes = spec.path("accessModes");
        if (modes.isEmpty()) {
            errors.required(path.child("accessModes"), "at least 1 access mode is required");
        }
        boolean oncePod = false;
        for (JsonNode mode : modes) {
            String text = mode.asString("");
            oncePod |= text.equals("ReadWriteOncePod");
            if (!ACCESS_MODES.contains(text)) {
                errors.notSupported(path.child("accessModes"), text, ACCESS_MODES);
            }
        }
        if (oncePod && modes.size() > 1) {
            errors.forbidden(
                    path.child("accessModes"),
                    "may not use ReadWriteOncePod with other access modes");
        }
        LabelSelectorValidator.validate(
                Json.objectAt(spec, "selector"), path.child("selector"), errors);
        storage(spec, path.child("resources").key("storage"), errors);
        String storageClass = FieldChecks.text(spec, "storageClassName");
        if (!storageClass.isEmpty()) {
            FieldChecks.report(
                    Names.dnsSubdomain(storageClass),
                    storageClass,
                    path.child("storageClassName"),
                    errors);
        }
        FieldChecks.optionalOneOf(spec, "volumeMode", VOLUME_MODES, path, errors);
    }

    /** A claim made from a template may bring labels and annotations only. */
    static void templateMetadata(JsonNode template, FieldPath path, FieldErrors errors) {
        for (var entry : template.path("metadata").properties()) {
            if (!entry.getKey().equals("labels") && !entry.getKey().equals("annotations")) {
                errors.forbidden(
                        path.child("metadata").child(entry.getKey()),
                        "cannot be set for an PersistentVolumeClaimTemplate");
            }
        }
        FieldPath at = path.child("metadata");
        LabelsValidator.validate(
                Json.objectAt(template, "metadata", "labels"), at.child("labels"), errors);
        LabelsValidator.validateAnnotations(
                Json.objectAt(template, "metadata", "annotations"),
                at.child("annotations"),
                errors);
    }

    private static void storage(JsonNode spec, FieldPath path, FieldErrors errors) {
        JsonNode storage = spec.path("resources").path("requests").get("storage");
        if (storage == null) {
            errors.required(path, "");
            return;
        }
        String text = storage.asString("");
        if (!Quantity.isValid(text)) {
            errors.invalid(path, text, Quantity.SYNTAX_ERROR);
        } else if (Quantity.parse(text).signum() <= 0) {
            errors.invalid(path, text, "must be greater than zero");
        }
    }
}
