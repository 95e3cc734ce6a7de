package dev.pilothouse.server.scheduler.volumes;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.selector.LabelSelector;
import dev.pilothouse.model.selector.LabelSelector.Operator;
import dev.pilothouse.model.selector.LabelSelector.Requirement;
import dev.pilothouse.server.scheduler.cluster.Resources;
import dev.pilothouse.server.scheduler.cluster.Selectors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads claims, volumes and classes. */
public final class StorageReader {

    static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
    static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
    private static final String STORAGE = "storage";
    private static final String CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

    private StorageReader() {}

    /** Reads a PersistentVolumeClaim. */
    public static Claim claim(ObjectNode claim) {
        JsonNode metadata = claim.path("metadata");
        JsonNode spec = claim.path("spec");
        String volume = Json.text(spec, "volumeName");
        return new Claim(
                Json.text(metadata, "namespace"),
                Json.text(metadata, "name"),
                Json.text(metadata, "uid"),
                volume,
                !volume.isEmpty() && Json.at(metadata, "annotations", BIND_COMPLETED) != null,
                storageClass(metadata, spec),
                strings(spec, "accessModes"),
                Resources.of(Json.objectAt(spec, "resources", "requests")).get(STORAGE),
                Json.at(spec, "selector") == null ? null : Selectors.labels(spec.get("selector")),
                mode(spec),
                Json.text(metadata, "annotations", SELECTED_NODE),
                owner(metadata),
                Json.at(metadata, "deletionTimestamp") != null,
                Json.text(claim, "status", "phase").equals("Lost"));
    }

    /** Reads a PersistentVolume. */
    public static Volume volume(ObjectNode volume) {
        JsonNode metadata = volume.path("metadata");
        JsonNode spec = volume.path("spec");
        ObjectNode claim = Json.objectAt(spec, "claimRef");
        String phase = Json.text(volume, "status", "phase");
        return new Volume(
                Json.text(metadata, "name"),
                storageClass(metadata, spec),
                Resources.of(Json.objectAt(spec, "capacity")).get(STORAGE),
                strings(spec, "accessModes"),
                mode(spec),
                Json.stringMap(metadata, "labels"),
                Selectors.nodeTerms(Json.at(spec, "nodeAffinity", "required")),
                claim == null ? "" : Json.text(claim, "namespace") + "/" + Json.text(claim, "name"),
                Json.text(claim, "uid"),
                Json.text(spec, "csi", "driver"),
                Json.text(spec, "csi", "volumeHandle"),
                Json.at(metadata, "deletionTimestamp") == null
                        && (phase.isEmpty()
                                || phase.equals("Available")
                                || phase.equals("Pending")));
    }

    /** Reads a StorageClass. */
    public static VolumeClass storageClass(ObjectNode storageClass) {
        return new VolumeClass(
                Json.text(storageClass, "metadata", "name"),
                Json.text(storageClass, "provisioner"),
                Json.text(storageClass, "volumeBindingMode").equals("WaitForFirstConsumer"),
                Json.objects(storageClass, "allowedTopologies").stream()
                        .map(StorageReader::topology)
                        .toList());
    }

    private static LabelSelector topology(ObjectNode term) {
        List<Requirement> requirements = new ArrayList<>();
        for (ObjectNode expression : Json.objects(term, "matchLabelExpressions")) {
            requirements.add(
                    new Requirement(
                            Json.text(expression, "key"),
                            Operator.IN,
                            strings(expression, "values")));
        }
        return new LabelSelector(requirements);
    }

    private static String storageClass(JsonNode metadata, JsonNode spec) {
        String old = Json.text(metadata, "annotations", CLASS_ANNOTATION);
        return old.isEmpty() ? Json.text(spec, "storageClassName") : old;
    }

    private static String mode(JsonNode spec) {
        String mode = Json.text(spec, "volumeMode");
        return mode.isEmpty() ? "Filesystem" : mode;
    }

    private static String owner(JsonNode metadata) {
        for (ObjectNode owner : Json.objects(metadata, "ownerReferences")) {
            if (Json.bool(owner, "controller") && Json.text(owner, "kind").equals("Pod")) {
                return Json.text(owner, "uid");
            }
        }
        return "";
    }

    private static Set<String> strings(@Nullable JsonNode owner, String field) {
        ArrayNode array = Json.arrayAt(owner, field);
        Set<String> strings = new HashSet<>();
        if (array != null) {
            array.forEach(value -> strings.add(value.asString("")));
        }
        return strings;
    }
}
