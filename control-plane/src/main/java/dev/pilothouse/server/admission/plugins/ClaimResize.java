package dev.pilothouse.server.admission.plugins;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.model.meta.Quantity;
import dev.pilothouse.server.admission.AdmissionPlugin;
import dev.pilothouse.server.admission.AdmissionRequest;
import dev.pilothouse.server.admission.AdmissionRequest.Operation;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets bound claims grow only where their class says that they may. Source:
 * plugin/pkg/admission/storage/persistentvolume/resize.
 */
final class ClaimResize implements AdmissionPlugin {

    private static final GroupResource CLASSES =
            new GroupResource("storage.k8s.io", "storageclasses");

    private final Storage storage;

    ClaimResize(Storage storage) {
        this.storage = storage;
    }

    @Override
    public void validate(AdmissionRequest request) {
        ObjectNode claim = request.object();
        ObjectNode old = request.old();
        if (claim == null
                || old == null
                || request.operation() != Operation.UPDATE
                || !request.concerns("", "persistentvolumeclaims")
                || size(claim).compareTo(size(old)) <= 0) {
            return;
        }
        if (!Json.text(old, "status", "phase").equals("Bound")) {
            throw refuse(request, "Only bound persistent volume claims can be expanded");
        }
        String name = Json.text(claim, "spec", "storageClassName");
        StoredObject stored = name.isEmpty() ? null : storage.get(new ObjectKey(CLASSES, "", name));
        if (stored == null || !Json.bool(Json.parseObject(stored.json()), "allowVolumeExpansion")) {
            throw refuse(
                    request,
                    "only dynamically provisioned pvc can be resized and the storageclass that provisions"
                            + " the pvc must support resize");
        }
    }

    private static ApiException refuse(AdmissionRequest request, String why) {
        return ApiException.forbidden(request.kind().groupResource(), request.name(), why);
    }

    private static Quantity size(ObjectNode claim) {
        String text = Json.text(claim, "spec", "resources", "requests", "storage");
        return Quantity.isValid(text) ? Quantity.parse(text) : Quantity.ZERO;
    }
}
