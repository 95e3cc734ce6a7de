package dev.pilothouse.server.admission.plugins;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.ObjectKey;
import dev.pilothouse.server.admission.AdmissionPlugin;
import dev.pilothouse.server.admission.AdmissionRequest;
import dev.pilothouse.server.admission.AdmissionRequest.Operation;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives new pods what their RuntimeClass says: where they may run and what running them costs.
 * Source: plugin/pkg/admission/runtimeclass.
 */
final class RuntimeClassAdmission implements AdmissionPlugin {

    private static final GroupResource CLASSES = new GroupResource("node.k8s.io", "runtimeclasses");
    private static final GroupResource PODS = new GroupResource("", "pods");

    private final Storage storage;

    RuntimeClassAdmission(Storage storage) {
        this.storage = storage;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        ObjectNode pod = request.object();
        if (pod == null
                || !request.concerns("", "pods")
                || request.operation() != Operation.CREATE) {
            return;
        }
        ObjectNode spec = Json.child(pod, "spec");
        ObjectNode runtimeClass = classOf(request, spec);
        if (runtimeClass == null) {
            if (spec.has("overhead")) {
                throw forbidden(
                        request,
                        "pod rejected: Pod Overhead set without corresponding RuntimeClass defined"
                                + " Overhead");
            }
            return;
        }
        overhead(request, spec, Json.objectAt(runtimeClass, "overhead", "podFixed"));
        selector(request, spec, Json.stringMap(runtimeClass, "scheduling", "nodeSelector"));
        tolerations(spec, Json.arrayAt(runtimeClass, "scheduling", "tolerations"));
    }

    private @Nullable ObjectNode classOf(AdmissionRequest request, ObjectNode spec) {
        String name = Json.text(spec, "runtimeClassName");
        if (name.isEmpty()) {
            return null;
        }
        StoredObject stored = storage.get(new ObjectKey(CLASSES, "", name));
        if (stored == null) {
            throw forbidden(request, "pod rejected: RuntimeClass \"" + name + "\" not found");
        }
        return Json.parseObject(stored.json());
    }

    private static void overhead(
            AdmissionRequest request, ObjectNode spec, @Nullable ObjectNode fixed) {
        JsonNode own = Json.at(spec, "overhead");
        if (fixed == null) {
            if (own != null && !own.isEmpty()) {
                throw forbidden(
                        request,
                        "pod rejected: Pod Overhead set without corresponding RuntimeClass defined"
                                + " Overhead");
            }
            return;
        }
        if (own == null || own.isEmpty()) {
            spec.set("overhead", fixed.deepCopy());
        } else if (!own.equals(fixed)) {
            throw forbidden(
                    request,
                    "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
        }
    }

    private static void selector(
            AdmissionRequest request, ObjectNode spec, Map<String, String> selector) {
        if (selector.isEmpty()) {
            return;
        }
        ObjectNode own = Json.child(spec, "nodeSelector");
        selector.forEach((key, value) -> {
            String present = Json.text(own, key);
            if (own.has(key) && !present.equals(value)) {
                throw forbidden(
                        request,
                        "conflict: runtimeClass.scheduling.nodeSelector["
                                + key
                                + "] = "
                                + value
                                + "; pod.spec.nodeSelector["
                                + key
                                + "] = "
                                + present);
            }
            own.put(key, value);
        });
    }

    private static void tolerations(ObjectNode spec, @Nullable ArrayNode tolerations) {
        if (tolerations == null) {
            return;
        }
        ArrayNode own =
                spec.get("tolerations") instanceof ArrayNode array
                        ? array
                        : spec.putArray("tolerations");
        for (JsonNode toleration : tolerations) {
            if (own.valueStream().noneMatch(toleration::equals)) {
                own.add(toleration.deepCopy());
            }
        }
    }

    private static ApiException forbidden(AdmissionRequest request, String why) {
        return ApiException.forbidden(PODS, request.name(), why);
    }
}
