package dev.pilothouse.server.controller.volumes;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.objects.NamespacedName;
import dev.pilothouse.server.controller.objects.PodState;
import dev.pilothouse.server.record.ObjectReference;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What controllers need to know of a claim.
 *
 * @param key its name
 * @param uid its uid
 * @param storageClass its class, empty for none
 * @param volume the volume it is or wants to be bound to, may be empty
 * @param phase Pending, Bound or Lost
 * @param completed whether it was bound once
 * @param deleting whether it is going away
 * @param provisioner who is to make a volume, may be empty
 * @param node the node for which a volume is to be made, may be empty
 * @param request how much it wants, as text
 * @param capacity how much it has, as text
 */
public record ClaimView(
        NamespacedName key,
        String uid,
        String storageClass,
        String volume,
        String phase,
        boolean completed,
        boolean deleting,
        String provisioner,
        String node,
        String request,
        String capacity) {

    private static final String BETA_CLASS = "volume.beta.kubernetes.io/storage-class";

    /** Reads a claim. */
    public static ClaimView of(ObjectNode claim) {
        Map<String, String> annotations = Json.stringMap(claim, "metadata", "annotations");
        return new ClaimView(
                NamespacedName.of(claim),
                Json.text(claim, "metadata", "uid"),
                annotations.getOrDefault(BETA_CLASS, Json.text(claim, "spec", "storageClassName")),
                Json.text(claim, "spec", "volumeName"),
                Json.text(claim, "status", "phase"),
                annotations.containsKey(VolumeNames.BIND_COMPLETED),
                PodState.isDeleting(claim),
                annotations.getOrDefault(VolumeNames.PROVISIONER, ""),
                annotations.getOrDefault(VolumeNames.SELECTED_NODE, ""),
                Json.text(claim, "spec", "resources", "requests", "storage"),
                Json.text(claim, "status", "capacity", "storage"));
    }

    /** What events about it name. */
    public ObjectReference reference() {
        return new ObjectReference(
                "v1", "PersistentVolumeClaim", key.namespace(), key.name(), uid, "", "");
    }
}
