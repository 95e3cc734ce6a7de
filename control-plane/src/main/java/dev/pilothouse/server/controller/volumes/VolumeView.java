package dev.pilothouse.server.controller.volumes;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.controller.objects.NamespacedName;
import dev.pilothouse.server.controller.objects.PodState;
import dev.pilothouse.server.record.ObjectReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What controllers need to know of a volume.
 *
 * @param name its name
 * @param uid its uid
 * @param labels its labels
 * @param storageClass its class, empty for none
 * @param accessModes how it may be used
 * @param mode Filesystem or Block
 * @param capacity how much it holds
 * @param phase Pending, Available, Bound, Released or Failed
 * @param policy what becomes of it afterwards: Retain, Delete or Recycle
 * @param claim the claim it is bound to or kept for, or null
 * @param claimUid the uid of that claim, empty when it is kept for any of that name
 * @param chosen whether the controller chose the claim
 * @param provisioner who has made it, may be empty
 * @param deleting whether it is going away
 */
public record VolumeView(
        String name,
        String uid,
        Map<String, String> labels,
        String storageClass,
        Set<String> accessModes,
        String mode,
        Quantity capacity,
        String phase,
        String policy,
        @Nullable NamespacedName claim,
        String claimUid,
        boolean chosen,
        String provisioner,
        boolean deleting) {

    /** Copies the collections. */
    public VolumeView {
        labels = Map.copyOf(labels);
        accessModes = Set.copyOf(accessModes);
    }

    /** Reads a volume. */
    public static VolumeView of(ObjectNode volume) {
        Map<String, String> annotations = Json.stringMap(volume, "metadata", "annotations");
        ObjectNode claim = Json.objectAt(volume, "spec", "claimRef");
        String mode = Json.text(volume, "spec", "volumeMode");
        String capacity = Json.text(volume, "spec", "capacity", "storage");
        return new VolumeView(
                Json.text(volume, "metadata", "name"),
                Json.text(volume, "metadata", "uid"),
                Json.stringMap(volume, "metadata", "labels"),
                Json.text(volume, "spec", "storageClassName"),
                Set.copyOf(texts(Json.arrayAt(volume, "spec", "accessModes"))),
                mode.isEmpty() ? "Filesystem" : mode,
                Quantity.isValid(capacity) ? Quantity.parse(capacity) : Quantity.ZERO,
                Json.text(volume, "status", "phase"),
                Json.text(volume, "spec", "persistentVolumeReclaimPolicy"),
                claim == null
                        ? null
                        : new NamespacedName(
                                Json.text(claim, "namespace"), Json.text(claim, "name")),
                Json.text(claim, "uid"),
                annotations.containsKey(VolumeNames.BOUND_BY_CONTROLLER),
                annotations.getOrDefault(VolumeNames.PROVISIONED_BY, ""),
                PodState.isDeleting(volume));
    }

    /** Whether it is bound to, or kept for, a claim. */
    public boolean isFor(NamespacedName key, String uidOfClaim) {
        return key.equals(claim) && (claimUid.isEmpty() || claimUid.equals(uidOfClaim));
    }

    /** What events about it name. */
    public ObjectReference reference() {
        return new ObjectReference("v1", "PersistentVolume", "", name, uid, "", "");
    }

    /** The texts of an array. */
    public static List<String> texts(@Nullable ArrayNode array) {
        return array == null
                ? List.of()
                : array.valueStream()
                        .map(text -> text.asString(""))
                        .distinct()
                        .collect(Collectors.toList());
    }
}
