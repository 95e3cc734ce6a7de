package dev.pilothouse.server.registry;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.LabelsValidator;
import dev.pilothouse.server.registry.validation.NameRule;
import dev.pilothouse.server.registry.validation.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every object's metadata must look like. Source: apimachinery api/validation/objectmeta.go.
 */
final class MetadataRules {

    private static final FieldPath METADATA = FieldPath.of("metadata");
    private static final FieldPath LABELS = METADATA.child("labels");
    private static final FieldPath ANNOTATIONS = METADATA.child("annotations");
    private static final List<String> WRITTEN_ONCE = List.of("uid", "creationTimestamp");
    private static final String IMMUTABLE = "field is immutable";

    private MetadataRules() {}

    /** Checks the metadata of an object. */
    static void validate(
            ResourceKind kind, NameRule nameRule, ObjectNode object, FieldErrors errors) {
        ObjectNode metadata = Json.child(object, "metadata");
        checkNames(kind, nameRule, metadata, errors);
        if (metadata.get("labels") instanceof ObjectNode labels) {
            LabelsValidator.validate(labels, LABELS, errors);
        }
        if (metadata.get("annotations") instanceof ObjectNode annotations) {
            LabelsValidator.validateAnnotations(annotations, ANNOTATIONS, errors);
        }
        checkOwners(metadata, errors);
        checkFinalizers(metadata, errors);
    }

    /** Checks what an update may not change. */
    static void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        ObjectNode now = Json.child(object, "metadata");
        ObjectNode before = Json.child(old, "metadata");
        for (String field : List.of("name", "namespace")) {
            if (!Json.text(now, field).equals(Json.text(before, field))) {
                errors.invalid(METADATA.child(field), Json.text(now, field), IMMUTABLE);
            }
        }
        for (String field : WRITTEN_ONCE) {
            if (!Json.text(now, field).equals(Json.text(before, field))) {
                errors.invalid(METADATA.child(field), Json.text(now, field), IMMUTABLE);
            }
        }
        if (before.has("deletionTimestamp")) {
            checkNoNewFinalizers(now, before, errors);
        }
    }

    private static void checkNames(
            ResourceKind kind, NameRule nameRule, ObjectNode metadata, FieldErrors errors) {
        String generateName = Json.text(metadata, "generateName");
        if (!generateName.isEmpty()) {
            for (String complaint : nameRule.check(generateName, true)) {
                errors.invalid(METADATA.child("generateName"), generateName, complaint);
            }
        }
        String name = Json.text(metadata, "name");
        if (name.isEmpty()) {
            errors.required(METADATA.child("name"), "name or generateName is required");
        } else {
            for (String complaint : nameRule.check(name, false)) {
                errors.invalid(METADATA.child("name"), name, complaint);
            }
        }
        String namespace = Json.text(metadata, "namespace");
        if (kind.namespaced()) {
            if (namespace.isEmpty()) {
                errors.required(METADATA.child("namespace"), "");
            } else {
                for (String complaint : Names.dnsLabel(namespace)) {
                    errors.invalid(METADATA.child("namespace"), namespace, complaint);
                }
            }
        } else if (!namespace.isEmpty()) {
            errors.forbidden(METADATA.child("namespace"), "not allowed on this type");
        }
    }

    private static void checkOwners(ObjectNode metadata, FieldErrors errors) {
        FieldPath path = METADATA.child("ownerReferences");
        String controller = "";
        int index = 0;
        for (ObjectNode owner : Json.objects(metadata, "ownerReferences")) {
            FieldPath at = path.index(index++);
            for (String field : List.of("apiVersion", "kind", "name", "uid")) {
                if (Json.text(owner, field).isEmpty()) {
                    errors.invalid(
                            field.equals("apiVersion") ? at.child("version") : at.child(field),
                            "",
                            (field.equals("apiVersion") ? "version" : field)
                                    + " must not be empty");
                }
            }
            if (Json.text(owner, "apiVersion").equals("v1")
                    && Json.text(owner, "kind").equals("Event")) {
                errors.invalid(at, owner, "/v1, Kind=Event is disallowed from being an owner");
            }
            if (Json.bool(owner, "controller")) {
                String name = Json.text(owner, "name");
                if (!controller.isEmpty()) {
                    errors.invalid(
                            path,
                            metadata.get("ownerReferences"),
                            "Only one reference can have Controller set to true. Found \"true\" in references for "
                                    + controller
                                    + " and "
                                    + name);
                }
                controller = name;
            }
        }
    }

    private static void checkFinalizers(ObjectNode metadata, FieldErrors errors) {
        ArrayNode finalizers = Json.arrayAt(metadata, "finalizers");
        if (finalizers == null) {
            return;
        }
        FieldPath path = METADATA.child("finalizers");
        Set<String> seen = new HashSet<>();
        int index = 0;
        for (JsonNode finalizer : finalizers) {
            String text = finalizer.asString("");
            for (String complaint : Names.qualifiedName(text)) {
                errors.invalid(path.index(index), text, complaint);
            }
            index++;
            seen.add(text);
        }
        if (seen.contains(Finalizers.ORPHAN) && seen.contains(Finalizers.FOREGROUND)) {
            errors.invalid(
                    path, finalizers, "finalizer orphan and foregroundDeletion cannot be both set");
        }
    }

    private static void checkNoNewFinalizers(
            ObjectNode now, ObjectNode before, FieldErrors errors) {
        Set<String> added = new HashSet<>(Finalizers.of(now));
        added.removeAll(Finalizers.of(before));
        if (!added.isEmpty()) {
            String list =
                    String.join(", ", added.stream().sorted().map(FieldErrors::quote).toList());
            errors.forbidden(
                    METADATA.child("finalizers"),
                    "no new finalizers can be added if the object is being deleted, found new finalizers []string{"
                            + list
                            + "}");
        }
    }
}
