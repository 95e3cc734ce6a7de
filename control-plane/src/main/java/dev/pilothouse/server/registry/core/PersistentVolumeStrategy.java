package dev.pilothouse.server.registry.core;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.StrategyContext;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of PersistentVolumes. Source: ValidatePersistentVolumeSpec and the strategy. */
public final class PersistentVolumeStrategy implements ResourceStrategy {

    private static final List<String> POLICIES = List.of("Delete", "Recycle", "Retain");

    @Override
    public void setDefaults(ObjectNode volume) {
        Defaults.text(Json.child(volume, "status"), "phase", "Pending");
        ObjectNode spec = Json.child(volume, "spec");
        Defaults.text(spec, "persistentVolumeReclaimPolicy", "Retain");
        Defaults.text(spec, "volumeMode", "Filesystem");
        PersistentVolumeSources.setDefaults(spec);
    }

    @Override
    public void prepareForCreate(ObjectNode volume, StrategyContext context) {
        ObjectNode status = volume.putObject("status");
        status.put("phase", "Pending");
        status.put(
                "lastPhaseTransitionTime",
                context.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString());
    }

    @Override
    public void validate(ObjectNode volume, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(volume, errors).child("spec");
        VolumeRules.accessModes(spec, "");
        capacity(spec);
        spec.oneOf("persistentVolumeReclaimPolicy", POLICIES);
        PersistentVolumeSources.validate(spec);
        spec.syntax("storageClassName", Names::dnsSubdomain);
        VolumeRules.volumeMode(spec);
        spec.ifPresent(
                "nodeAffinity",
                affinity -> {
                    if (!affinity.present("required")) {
                        errors.required(
                                affinity.path("required"),
                                "must specify required node constraints");
                    } else {
                        affinity.child("required")
                                .require(
                                        "nodeSelectorTerms",
                                        "must have at least one node selector term");
                    }
                });
    }

    private static void capacity(ObjectCheck spec) {
        if (!spec.require("capacity")) {
            return;
        }
        ObjectNode capacity = spec.child("capacity").node();
        if (!capacity.has("storage") || capacity.size() > 1) {
            spec.errors().notSupported(spec.path("capacity"), capacity, List.of("storage"));
        }
        for (Map.Entry<String, JsonNode> entry : capacity.properties()) {
            FieldPath path = spec.path("capacity").key(entry.getKey());
            VolumeRules.positive(spec, path, entry.getKey(), entry.getValue());
        }
    }

    @Override
    public void validateUpdate(ObjectNode volume, ObjectNode old, FieldErrors errors) {
        validate(volume, errors);
        ObjectCheck spec = ObjectCheck.of(volume, errors).child("spec");
        ObjectNode before = Json.child(old, "spec");
        if (!PersistentVolumeSources.same(spec.node(), before)) {
            spec.forbidden(
                    "persistentvolumesource",
                    "spec.persistentvolumesource is immutable after creation");
        }
        // kube-apiserver leaves the spec out of this path.
        ObjectCheck.of(spec.node(), errors).immutable("volumeMode", before);
        if (before.has("nodeAffinity")) {
            spec.immutable(
                    "nodeAffinity",
                    before,
                    "field is immutable, except for updating from beta label to GA");
        }
    }

    @Override
    public boolean hasStatus() {
        return true;
    }
}
