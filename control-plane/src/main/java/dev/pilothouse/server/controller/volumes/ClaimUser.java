package dev.pilothouse.server.controller.volumes;

import dev.pilothouse.model.informer.IndexFunction;
import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.controller.objects.NamespacedName;
import dev.pilothouse.server.controller.objects.PodState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod and the claims it uses.
 *
 * @param key the pod
 * @param placed whether it is on a node
 * @param ended whether it has ended for good
 * @param claims the claims of its namespace by name
 */
public record ClaimUser(NamespacedName key, boolean placed, boolean ended, List<String> claims) {

    /** An index of pods by namespace and name of their claims, with a slash between. */
    public static final String BY_CLAIM = "claim";

    /** The indexes of an informer of pods. */
    public static final Map<String, IndexFunction<ClaimUser>> INDEXES =
            Map.of(
                    BY_CLAIM,
                    pod ->
                            pod.claims().stream()
                                    .map(claim -> pod.key().namespace() + "/" + claim)
                                    .toList());

    /** Copies the list. */
    public ClaimUser {
        claims = List.copyOf(claims);
    }

    /** Reads a pod. */
    public static ClaimUser of(ObjectNode pod) {
        List<String> claims = new ArrayList<>();
        for (ObjectNode volume : Json.objects(pod, "spec", "volumes")) {
            String claim = Json.text(volume, "persistentVolumeClaim", "claimName");
            if (!claim.isEmpty()) {
                claims.add(claim);
            } else if (volume.has("ephemeral")) {
                claims.add(Json.text(pod, "metadata", "name") + "-" + Json.text(volume, "name"));
            }
        }
        return new ClaimUser(
                NamespacedName.of(pod),
                !Json.text(pod, "spec", "nodeName").isEmpty(),
                PodState.isTerminal(pod),
                claims);
    }
}
