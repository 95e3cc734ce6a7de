package dev.pilothouse.server.registry.validation;

import dev.pilothouse.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Syntax of labels and annotations. Source: apimachinery's apis/meta/v1/validation and
 * api/validation/objectmeta.go.
 */
public final class LabelsValidator {

    /** How many bytes the annotations of one object may have, keys and values together. */
    public static final int TOTAL_ANNOTATION_BYTES = 256 * 1024;

    private LabelsValidator() {}

    /**
     * Checks a map of labels.
     *
     * @param labels the map, or null for none
     * @param path where it is
     */
    public static void validate(@Nullable ObjectNode labels, FieldPath path, FieldErrors errors) {
        if (labels == null) {
            return;
        }
        for (var entry : labels.properties()) {
            validateKey(entry.getKey(), path, errors);
            String value = entry.getValue().asString("");
            for (String complaint : Names.labelValue(value)) {
                errors.invalid(path, value, complaint);
            }
        }
    }

    /** Checks one label key. */
    public static void validateKey(String key, FieldPath path, FieldErrors errors) {
        for (String complaint : Names.qualifiedName(key)) {
            errors.invalid(path, key, complaint);
        }
    }

    /**
     * Checks a map of annotations and their total size.
     *
     * @param annotations the map, or null for none
     * @param path where it is
     */
    public static void validateAnnotations(
            @Nullable ObjectNode annotations, FieldPath path, FieldErrors errors) {
        if (annotations == null) {
            return;
        }
        long bytes = 0;
        for (var entry : annotations.properties()) {
            String key = entry.getKey();
            for (String complaint : Names.qualifiedName(key.toLowerCase(Locale.ROOT))) {
                errors.invalid(path, key, complaint);
            }
            bytes += utf8Length(key) + utf8Length(entry.getValue().asString(""));
        }
        if (bytes > TOTAL_ANNOTATION_BYTES) {
            errors.tooLong(path, TOTAL_ANNOTATION_BYTES);
        }
    }

    /** Checks the labels and annotations of a template's metadata. */
    public static void validateTemplateMetadata(
            @Nullable ObjectNode template, FieldPath path, FieldErrors errors) {
        ObjectNode metadata = Json.objectAt(template, "metadata");
        if (metadata == null) {
            return;
        }
        FieldPath at = path.child("metadata");
        validate(Json.objectAt(metadata, "labels"), path.child("labels"), errors);
        validateAnnotations(
                Json.objectAt(metadata, "annotations"), path.child("annotations"), errors);
        if (metadata.get("finalizers") != null) {
            for (var finalizer : metadata.path("finalizers")) {
                for (String complaint : Names.qualifiedName(finalizer.asString(""))) {
                    errors.invalid(at.child("finalizers"), finalizer, complaint);
                }
            }
        }
    }

    private static int utf8Length(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return text.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return text.length();
    }
}
