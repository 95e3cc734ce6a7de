package dev.pilothouse.server.admission.plugins;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.server.admission.AdmissionPlugin;
import dev.pilothouse.server.admission.AdmissionRequest;
import dev.pilothouse.server.admission.AdmissionRequest.Operation;
import dev.pilothouse.server.quota.Amounts;
import dev.pilothouse.server.quota.PodResources;
import dev.pilothouse.server.storage.Storage;
import dev.pilothouse.server.storage.StoredObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives containers the limits and requests that the LimitRanges of their namespace say, and refuses
 * pods and claims that are beyond them. Source: plugin/pkg/admission/limitranger.
 */
final class LimitRanger implements AdmissionPlugin {

    private static final GroupResource RANGES = new GroupResource("", "limitranges");

    private final Storage storage;

    LimitRanger(Storage storage) {
        this.storage = storage;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        ObjectNode pod = request.object();
        if (pod == null
                || request.operation() != Operation.CREATE
                || !request.concerns("", "pods")) {
            return;
        }
        for (ObjectNode range : ranges(request.namespace())) {
            for (ObjectNode limit : Json.objects(range, "spec", "limits")) {
                if (Json.text(limit, "type").equals("Container")) {
                    LimitDefaults.apply(pod, limit);
                }
            }
        }
    }

    @Override
    public void validate(AdmissionRequest request) {
        ObjectNode object = request.object();
        if (object == null) {
            return;
        }
        boolean pod =
                request.concerns("", "pods") && request.operation() == Operation.CREATE
                        || isResize(request);
        boolean claim = request.concerns("", "persistentvolumeclaims");
        if (!pod && !claim) {
            return;
        }
        for (ObjectNode range : ranges(request.namespace())) {
            List<String> complaints = new ArrayList<>();
            for (ObjectNode limit : Json.objects(range, "spec", "limits")) {
                if (pod) {
                    checkPod(object, limit, complaints);
                } else if (Json.text(limit, "type").equals("PersistentVolumeClaim")) {
                    checkClaim(object, limit, complaints);
                }
            }
            if (!complaints.isEmpty()) {
                throw ApiException.forbidden(
                        request.kind().groupResource(),
                        request.name(),
                        complaints.size() == 1
                                ? complaints.getFirst()
                                : "[" + String.join(", ", complaints) + "]");
            }
        }
    }

    private static boolean isResize(AdmissionRequest request) {
        return request.subresource().equals("resize")
                && request.kind().storage().resource().equals("pods");
    }

    private static void checkPod(ObjectNode pod, ObjectNode limit, List<String> complaints) {
        switch (Json.text(limit, "type")) {
            case "Container" -> {
                for (String list : List.of("containers", "initContainers")) {
                    for (ObjectNode container : Json.objects(pod, "spec", list)) {
                        new LimitCheck(
                                        "Container",
                                        Amounts.of(Json.at(container, "resources", "requests")),
                                        Amounts.of(Json.at(container, "resources", "limits")))
                                .check(limit, complaints);
                    }
                }
            }
            case "Pod" ->
                    new LimitCheck("Pod", PodResources.requests(pod), PodResources.limits(pod))
                            .check(limit, complaints);
            default -> {}
        }
    }

    private static void checkClaim(ObjectNode claim, ObjectNode limit, List<String> complaints) {
        new LimitCheck(
                        "PersistentVolumeClaim",
                        Amounts.of(Json.at(claim, "spec", "resources", "requests")),
                        Amounts.NONE)
                .checkRequests(limit, complaints);
    }

    private List<ObjectNode> ranges(String namespace) {
        List<ObjectNode> ranges = new ArrayList<>();
        if (storage.snapshot(RANGES).size(namespace) > 0) {
            Iterator<StoredObject> stored = storage.snapshot(RANGES).iterate(namespace, null, null);
            stored.forEachRemaining(range -> ranges.add(Json.parseObject(range.json())));
        }
        return ranges;
    }
}
