package dev.pilothouse.server.controller.disruption;

import dev.pilothouse.model.client.ApiClient;
import dev.pilothouse.model.client.ApiResource;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.ApiException;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.meta.OwnerReference;
import dev.pilothouse.model.meta.StatusReason;
import dev.pilothouse.server.controller.kinds.ServedKinds;
import dev.pilothouse.server.controller.objects.Owners;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How many pods the managers of pods want: whatever has a scale. Source: disruption.go,
 * getExpectedScale.
 */
final class OwnerScales {

    private final ApiClient client;
    private final ServedKinds kinds;

    /** Something that cannot be found out; the message is for people. */
    static final class UnknownScaleException extends Exception {

        private static final long serialVersionUID = 1L;

        UnknownScaleException(String message) {
            super(message);
        }
    }

    /**
     * What the managers of pods want.
     *
     * @param pods how many pods, in all
     * @param unmanaged the names of pods without a manager
     */
    record Expected(int pods, List<String> unmanaged) {}

    private record Scale(String uid, int replicas) {}

    OwnerScales(ApiClient client, ServedKinds kinds) {
        this.client = client;
        this.kinds = kinds;
    }

    Expected of(List<GuardedPod> pods) throws UnknownScaleException {
        Map<String, Integer> scales = new HashMap<>();
        Set<String> seen = new HashSet<>();
        List<String> unmanaged =
                pods.stream()
                        .filter(pod -> pod.owner() == null)
                        .map(pod -> pod.key().name())
                        .sorted()
                        .toList();
        for (GuardedPod pod : pods) {
            OwnerReference owner = pod.owner();
            if (owner != null && seen.add(owner.uid())) {
                Scale scale = scale(pod.key().namespace(), owner);
                if (scale == null) {
                    throw new UnknownScaleException(
                            "found no controllers for pod \"" + pod.key().name() + "\"");
                }
                scales.put(scale.uid(), scale.replicas());
            }
        }
        return new Expected(scales.values().stream().mapToInt(Integer::intValue).sum(), unmanaged);
    }

    /** The scale of an owner, or of the Deployment above it; null when it is gone. */
    private @Nullable Scale scale(String namespace, OwnerReference owner)
            throws UnknownScaleException {
        ApiResource resource = kinds.byKind(owner.gvk().group(), owner.gvk().kind());
        if (resource == null) {
            throw new UnknownScaleException(
                    "no matches for kind \""
                            + owner.kind()
                            + "\" in version \""
                            + owner.apiVersion()
                            + "\"");
        }
        GroupVersionResource gvr = resource.resource();
        ObjectNode object = find(gvr, namespace, owner.name(), "");
        if (object == null || !Json.text(object, "metadata", "uid").equals(owner.uid())) {
            return null;
        }
        OwnerReference above = Owners.controllerOf(object);
        if (owner.kind().equals("ReplicaSet")
                && above != null
                && above.kind().equals("Deployment")) {
            return scale(namespace, above);
        }
        ObjectNode scale = find(gvr, namespace, owner.name(), "scale");
        if (scale == null) {
            throw new UnknownScaleException(
                    gvr.groupResource() + " does not implement the scale subresource");
        }
        return new Scale(owner.uid(), (int) Json.number(scale, 0, "spec", "replicas"));
    }

    private @Nullable ObjectNode find(
            GroupVersionResource resource, String namespace, String name, String subresource) {
        try {
            return client.resource(resource).get(namespace, name, subresource);
        } catch (ApiException e) {
            if (e.reason() == StatusReason.NOT_FOUND
                    || e.reason() == StatusReason.METHOD_NOT_ALLOWED) {
                return null;
            }
            throw e;
        }
    }
}
