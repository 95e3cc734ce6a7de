package dev.pilothouse.server.admission.plugins;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.admission.AdmissionPlugin;
import dev.pilothouse.server.admission.AdmissionRequest;
import dev.pilothouse.server.admission.AdmissionRequest.Operation;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives new claims and volumes the finalizers that keep them while they are in use. Source:
 * plugin/pkg/admission/storage/storageobjectinuseprotection.
 */
final class VolumeProtection implements AdmissionPlugin {

    @Override
    public void mutate(AdmissionRequest request) {
        ObjectNode object = request.object();
        if (object == null || request.operation() != Operation.CREATE) {
            return;
        }
        if (request.concerns("", "persistentvolumeclaims")) {
            add(object, "kubernetes.io/pvc-protection");
        } else if (request.concerns("", "persistentvolumes")) {
            add(object, "kubernetes.io/pv-protection");
        }
    }

    private static void add(ObjectNode object, String finalizer) {
        ObjectNode metadata = Json.child(object, "metadata");
        ArrayNode finalizers =
                metadata.get("finalizers") instanceof ArrayNode present
                        ? present
                        : metadata.putArray("finalizers");
        if (finalizers.valueStream().noneMatch(found -> found.asString("").equals(finalizer))) {
            finalizers.add(finalizer);
        }
    }
}
