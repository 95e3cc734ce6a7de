package dev.pilothouse.server.kubelet.volume;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.kubelet.env.ConfigException;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/** Finds where the volume of a claim is on this host. */
record ClaimedVolume(ApiClient client) {

    private static final GroupVersionResource CLAIMS =
            new GroupVersionResource("", "v1", "persistentvolumeclaims");
    private static final GroupVersionResource VOLUMES =
            new GroupVersionResource("", "v1", "persistentvolumes");

    Path path(String namespace, String name) {
        ObjectNode claim = get(CLAIMS, namespace, name, "persistentvolumeclaim");
        if (!Json.text(claim, "metadata", "deletionTimestamp").isEmpty()) {
            throw new ConfigException(
                    "error processing PVC " + namespace + "/" + name + ": PVC is being deleted");
        }
        String volumeName = Json.text(claim, "spec", "volumeName");
        if (volumeName.isEmpty() || !Json.text(claim, "status", "phase").equals("Bound")) {
            throw new ConfigException(
                    "error processing PVC " + namespace + "/" + name + ": PVC is not bound");
        }
        ObjectNode volume = get(VOLUMES, "", volumeName, "persistentvolume");
        for (String kind : new String[] {"hostPath", "local"}) {
            String path = Json.text(volume, "spec", kind, "path");
            if (!path.isEmpty()) {
                return Path.of(path);
            }
        }
        throw new ConfigException(
                "PersistentVolume "
                        + volumeName
                        + " is neither of kind local nor of kind hostPath:"
                        + " no volume plugin matched");
    }

    private ObjectNode get(
            GroupVersionResource resource, String namespace, String name, String word) {
        try {
            return client.resource(resource).get(namespace, name);
        } catch (ApiException e) {
            if (e.reason() == StatusReason.NOT_FOUND) {
                throw new ConfigException(word + " \"" + name + "\" not found");
            }
            throw e;
        }
    }
}
