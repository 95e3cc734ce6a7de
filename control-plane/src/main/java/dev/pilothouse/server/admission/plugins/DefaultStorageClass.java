package dev.pilothouse.server.admission.plugins;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.server.admission.AdmissionPlugin;
import dev.pilothouse.server.admission.AdmissionRequest;
import dev.pilothouse.server.admission.AdmissionRequest.Operation;
import dev.pilothouse.server.storage.Storage;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives claims that name no storage class the default one. Source:
 * plugin/pkg/admission/storage/storageclass.
 */
final class DefaultStorageClass implements AdmissionPlugin {

    private static final GroupResource CLASSES =
            new GroupResource("storage.k8s.io", "storageclasses");

    private final Storage storage;

    DefaultStorageClass(Storage storage) {
        this.storage = storage;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        ObjectNode claim = request.object();
        if (claim == null
                || !request.concerns("", "persistentvolumeclaims")
                || request.operation() != Operation.CREATE
                || claim.path("spec").has("storageClassName")
                || Json.stringMap(claim, "metadata", "annotations")
                        .containsKey("volume.beta.kubernetes.io/storage-class")) {
            return;
        }
        String name =
                DefaultClass.find(storage, CLASSES, "storageclass.kubernetes.io/is-default-class");
        if (name != null) {
            Json.child(claim, "spec").put("storageClassName", name);
        }
    }
}
