package dev.pilothouse.server.admission.plugins;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.server.admission.AdmissionPlugin;
import dev.pilothouse.server.admission.AdmissionRequest;
import dev.pilothouse.server.admission.AdmissionRequest.Operation;
import dev.pilothouse.server.storage.Storage;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives ingresses that name no class the default one. Source:
 * plugin/pkg/admission/network/defaultingressclass.
 */
final class DefaultIngressClass implements AdmissionPlugin {

    private static final GroupResource CLASSES =
            new GroupResource("networking.k8s.io", "ingressclasses");

    private final Storage storage;

    DefaultIngressClass(Storage storage) {
        this.storage = storage;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        ObjectNode ingress = request.object();
        if (ingress == null
                || !request.concerns("networking.k8s.io", "ingresses")
                || request.operation() != Operation.CREATE
                || ingress.path("spec").has("ingressClassName")
                || Json.stringMap(ingress, "metadata", "annotations")
                        .containsKey("kubernetes.io/ingress.class")) {
            return;
        }
        String name =
                DefaultClass.find(storage, CLASSES, "ingressclass.kubernetes.io/is-default-class");
        if (name != null) {
            Json.child(ingress, "spec").put("ingressClassName", name);
        }
    }
}
