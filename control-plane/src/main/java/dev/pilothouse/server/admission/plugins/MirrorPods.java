package dev.pilothouse.server.admission.plugins;

import dev.pilothouse.model.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Mirror pods only show what a kubelet runs by itself, so they may use nothing of the API. Source:
 * plugin/pkg/admission/serviceaccount.
 */
final class MirrorPods {

    private MirrorPods() {}

    /** What is wrong with the spec of a mirror pod, or null. */
    static @Nullable String complaint(ObjectNode spec) {
        if (!Json.text(spec, "serviceAccountName").isEmpty()) {
            return "a mirror pod may not reference service accounts";
        }
        if (usesSecrets(spec)) {
            return "a mirror pod may not reference secrets";
        }
        for (ObjectNode volume : Json.objects(spec, "volumes")) {
            for (ObjectNode source : Json.objects(volume, "projected", "sources")) {
                if (source.has("serviceAccountToken")) {
                    return "a mirror pod may not use ServiceAccountToken volume projections";
                }
            }
        }
        return null;
    }

    private static boolean usesSecrets(ObjectNode spec) {
        if (!Json.objects(spec, "imagePullSecrets").isEmpty()) {
            return true;
        }
        for (ObjectNode volume : Json.objects(spec, "volumes")) {
            if (volume.has("secret")
                    || Json.objects(volume, "projected", "sources").stream()
                            .anyMatch(source -> source.has("secret"))) {
                return true;
            }
        }
        for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
            for (ObjectNode container : Json.objects(spec, list)) {
                if (Json.objects(container, "env").stream()
                                .anyMatch(
                                        each -> Json.at(each, "valueFrom", "secretKeyRef") != null)
                        || Json.objects(container, "envFrom").stream()
                                .anyMatch(each -> each.has("secretRef"))) {
                    return true;
                }
            }
        }
        return false;
    }
}
