package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.LabelSelectorValidator;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of PersistentVolumeClaims. Source: ValidatePersistentVolumeClaim and its update. */
public final class PersistentVolumeClaimStrategy implements ResourceStrategy {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final String FROZEN =
            "spec is immutable after creation except resources.requests and volumeAttributesClassName for"
                    + " bound claims";

    @Override
    public void setDefaults(ObjectNode claim) {
        Defaults.text(Json.child(claim, "status"), "phase", "Pending");
        Defaults.text(Json.child(claim, "spec"), "volumeMode", "Filesystem");
        dataSources(Json.child(claim, "spec"));
    }

    /** The old and the new way to name a data source are kept alike. */
    private static void dataSources(ObjectNode spec) {
        ObjectNode source = Json.objectAt(spec, "dataSource");
        ObjectNode reference = Json.objectAt(spec, "dataSourceRef");
        if (source != null && reference == null) {
            spec.set("dataSourceRef", source.deepCopy());
        } else if (reference != null
                && source == null
                && Json.text(reference, "namespace").isEmpty()) {
            spec.set("dataSource", reference.deepCopy());
        }
    }

    @Override
    public void prepareForCreate(ObjectNode claim, StrategyContext context) {
        claim.putObject("status").put("phase", "Pending");
    }

    @Override
    public void validate(ObjectNode claim, FieldErrors errors) {
        validateSpec(ObjectCheck.of(claim, errors).child("spec"));
    }

    /** Checks a claim's spec wherever it stands, as in a StatefulSet's template. */
    public static void validateSpec(ObjectCheck spec) {
        VolumeRules.accessModes(spec, "at least 1 access mode is required");
        LabelSelectorValidator.validate(
                Json.objectAt(spec.node(), "selector"),
                false,
                spec.path("selector"),
                spec.errors());
        JsonNode storage = Json.at(spec.node(), "resources", "requests", "storage");
        FieldPath storagePath = spec.path("resources").key("storage");
        if (storage == null) {
            spec.errors().required(storagePath, "");
        } else {
            VolumeRules.positive(spec, storagePath, "storage", storage);
        }
        spec.syntax("storageClassName", Names::dnsSubdomain);
        spec.syntax("volumeAttributesClassName", Names::dnsSubdomain);
        VolumeRules.volumeMode(spec);
        spec.ifPresent("dataSource", PersistentVolumeClaimStrategy::dataSource);
        spec.ifPresent("dataSourceRef", PersistentVolumeClaimStrategy::dataSource);
    }

    private static void dataSource(ObjectCheck source) {
        source.require("name");
        source.require("kind");
        String group = source.text("apiGroup");
        if (group.isEmpty() && !source.text("kind").equals("PersistentVolumeClaim")) {
            source.errors()
                    .invalid(
                            source.path(),
                            source.text("kind"),
                            "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
        }
        source.syntax("apiGroup", Names::dnsSubdomain);
    }

    @Override
    public void validateUpdate(ObjectNode claim, ObjectNode old, FieldErrors errors) {
        validate(claim, errors);
        ObjectNode spec = Json.child(claim, "spec");
        ObjectNode before = Json.child(old, "spec");
        if (!comparable(spec, before, old).equals(comparable(before, before, old))) {
            errors.forbidden(SPEC, FROZEN);
        }
        shrink(claim, old, errors);
        // kube-apiserver leaves the spec out of this path.
        ObjectCheck.of(spec, errors).immutable("volumeMode", before);
    }

    /** The spec with everything taken away that may change now. */
    private static ObjectNode comparable(ObjectNode spec, ObjectNode before, ObjectNode old) {
        ObjectNode copy = spec.deepCopy();
        boolean bound = Json.text(old, "status", "phase").equals("Bound");
        if (bound) {
            copy.remove("volumeAttributesClassName");
            if (copy.get("resources") instanceof ObjectNode resources) {
                resources.remove("requests");
            }
        }
        if (Json.text(before, "volumeName").isEmpty()) {
            copy.remove("volumeName");
            // The default class may be given to a claim that was made before there was one.
            if (Json.at(before, "storageClassName") == null) {
                copy.remove("storageClassName");
            }
        }
        return copy;
    }

    private static void shrink(ObjectNode claim, ObjectNode old, FieldErrors errors) {
        JsonNode before = Json.at(old, "spec", "resources", "requests", "storage");
        JsonNode after = Json.at(claim, "spec", "resources", "requests", "storage");
        JsonNode capacity = Json.at(old, "status", "capacity", "storage");
        if (before == null
                || after == null
                || capacity == null
                || !Quantity.isValid(after.asString(""))) {
            return;
        }
        Quantity wanted = VolumeRules.quantity(after);
        boolean less = wanted.compareTo(VolumeRules.quantity(before)) < 0;
        if (less && wanted.compareTo(VolumeRules.quantity(capacity)) <= 0) {
            errors.forbidden(
                    SPEC.child("resources").child("requests").child("storage"),
                    "field can not be less than status.capacity");
        }
    }

    @Override
    public boolean hasStatus() {
        return true;
    }
}
