package dev.pilothouse.server.controller.podautoscaler;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.ApiResource;
import dev.pilothouse.model.client.ListOptions;
import dev.pilothouse.model.client.PatchForm;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.server.controller.kinds.ServedKinds;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an autoscaler scales, by its scale subresource.
 *
 * @param resource the resource
 * @param namespace its namespace
 * @param name its name
 * @param scale the scale as it is
 */
record ScaleTarget(GroupVersionResource resource, String namespace, String name, ObjectNode scale) {

    private static final GroupVersionResource PODS = new GroupVersionResource("", "v1", "pods");

    /** Looks it up; fails as the server does, or when nothing of the kind is served. */
    static ScaleTarget of(ApiClient client, ServedKinds kinds, String namespace, ObjectNode hpa)
            throws MetricException {
        String apiVersion = Json.text(hpa, "spec", "scaleTargetRef", "apiVersion");
        String kind = Json.text(hpa, "spec", "scaleTargetRef", "kind");
        String name = Json.text(hpa, "spec", "scaleTargetRef", "name");
        ApiResource resource = kinds.byKind(GroupVersionKind.of(apiVersion, kind).group(), kind);
        if (resource == null) {
            throw new MetricException(
                    "unable to determine resource for scale target reference: no matches for kind \""
                            + kind
                            + "\" in version \""
                            + apiVersion
                            + "\"");
        }
        ObjectNode scale = client.resource(resource.resource()).get(namespace, name, "scale");
        return new ScaleTarget(resource.resource(), namespace, name, scale);
    }

    int replicas() {
        return (int) Json.number(scale, 0, "spec", "replicas");
    }

    /** Its pods as a label selector, empty when it does not say. */
    String selector() {
        return Json.text(scale, "status", "selector");
    }

    List<ScaledPod> pods(ApiClient client) {
        return client
                .resource(PODS)
                .list(ListOptions.in(namespace).withLabels(selector()))
                .items()
                .stream()
                .map(ScaledPod::new)
                .toList();
    }

    void scaleTo(ApiClient client, int replicas) {
        ObjectNode patch = Json.object();
        patch.putObject("spec").put("replicas", replicas);
        client.resource(resource).patch(namespace, name, "scale", PatchForm.MERGE, patch);
    }
}
