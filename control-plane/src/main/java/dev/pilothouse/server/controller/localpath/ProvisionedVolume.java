package dev.pilothouse.server.controller.localpath;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.volumes.ClassView;
import dev.pilothouse.server.controller.volumes.VolumeNames;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The volume object for a folder. */
final class ProvisionedVolume {

    private ProvisionedVolume() {}

    /**
     * The volume for a claim: of the node's own, or of any node's where there is none or nothing
     * really runs.
     */
    static ObjectNode of(
            ObjectNode claim,
            String name,
            ClassView storageClass,
            @Nullable ProvisionerNode node,
            String path) {
        ObjectNode volume = Json.object();
        volume.put("kind", "PersistentVolume").put("apiVersion", "v1");
        volume.putObject("metadata")
                .put("name", name)
                .putObject("annotations")
                .put(VolumeNames.PROVISIONED_BY, LocalPathProvisioner.PROVISIONER);
        ObjectNode spec = volume.putObject("spec");
        JsonNode requests = Json.at(claim, "spec", "resources", "requests");
        if (requests != null) {
            spec.putObject("capacity").set("storage", requests.path("storage"));
        }
        copy(claim, spec, "accessModes");
        copy(claim, spec, "volumeMode");
        spec.put("persistentVolumeReclaimPolicy", storageClass.policy());
        spec.put("storageClassName", storageClass.name());
        spec.putObject("claimRef")
                .put("kind", "PersistentVolumeClaim")
                .put("apiVersion", "v1")
                .put("namespace", Json.text(claim, "metadata", "namespace"))
                .put("name", Json.text(claim, "metadata", "name"))
                .put("uid", Json.text(claim, "metadata", "uid"))
                .put("resourceVersion", Json.text(claim, "metadata", "resourceVersion"));
        if (node == null || node.simulated()) {
            spec.putObject("hostPath").put("path", path).put("type", "DirectoryOrCreate");
        } else {
            spec.putObject("local").put("path", path);
            spec.putObject("nodeAffinity")
                    .putObject("required")
                    .putArray("nodeSelectorTerms")
                    .addObject()
                    .putArray("matchExpressions")
                    .addObject()
                    .put("key", "kubernetes.io/hostname")
                    .put("operator", "In")
                    .putArray("values")
                    .add(node.hostname());
        }
        return volume;
    }

    /** The folder of a volume. */
    static String path(ObjectNode volume) {
        String local = Json.text(volume, "spec", "local", "path");
        return local.isEmpty() ? Json.text(volume, "spec", "hostPath", "path") : local;
    }

    private static void copy(ObjectNode claim, ObjectNode spec, String field) {
        JsonNode value = Json.at(claim, "spec", field);
        if (value != null) {
            spec.set(field, value.deepCopy());
        }
    }
}
