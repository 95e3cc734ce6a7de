package dev.pilothouse.server.controller.disruption;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.OwnerReference;
import dev.pilothouse.server.controller.objects.Conditions;
import dev.pilothouse.server.controller.objects.NamespacedName;
import dev.pilothouse.server.controller.objects.Owners;
import dev.pilothouse.server.controller.objects.PodState;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the disruption controller needs to know of a pod.
 *
 * @param key its name
 * @param uid its uid
 * @param labels its labels
 * @param ready whether it is ready
 * @param deleting whether it is going away
 * @param owner who manages it, or null
 * @param doomedSince since when it has been about to be disrupted although it runs on; empty when
 *     it is not, or when that is its node's business
 */
record GuardedPod(
        NamespacedName key,
        String uid,
        Map<String, String> labels,
        boolean ready,
        boolean deleting,
        @Nullable OwnerReference owner,
        String doomedSince) {

    GuardedPod {
        labels = Map.copyOf(labels);
    }

    static GuardedPod of(ObjectNode pod) {
        return new GuardedPod(
                NamespacedName.of(pod),
                Json.text(pod, "metadata", "uid"),
                Json.stringMap(pod, "metadata", "labels"),
                PodState.isReady(pod),
                PodState.isDeleting(pod),
                Owners.controllerOf(pod),
                doomedSince(pod));
    }

    private static String doomedSince(ObjectNode pod) {
        ObjectNode condition = Conditions.find(pod, "DisruptionTarget");
        if (condition == null
                || !Json.text(condition, "status").equals("True")
                || Json.text(condition, "reason").equals("TerminationByKubelet")
                || PodState.isDeleting(pod)
                || PodState.isTerminal(pod)) {
            return "";
        }
        return Json.text(condition, "lastTransitionTime");
    }
}
