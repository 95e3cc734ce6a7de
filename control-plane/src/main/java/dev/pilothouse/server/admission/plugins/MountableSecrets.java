package dev.pilothouse.server.admission.plugins;

import dev.pilothouse.model.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether a pod uses only those secrets that its service account lists. Messages are Kubernetes'.
 * Source: limitSecretReferences in plugin/pkg/admission/serviceaccount.
 */
final class MountableSecrets {

    private MountableSecrets() {}

    /** Which secret a new pod may not use, or null. */
    static @Nullable String complaint(ObjectNode account, ObjectNode spec) {
        Set<String> allowed = names(account, "secrets");
        String suffix = suffix(account);
        for (ObjectNode volume : Json.objects(spec, "volumes")) {
            String name = Json.text(volume, "secret", "secretName");
            if (volume.has("secret") && !allowed.contains(name)) {
                return "volume with secret.secretName=\"" + name + "\"" + suffix + "that secret";
            }
        }
        String complaint = ofContainers(spec, "initContainers", "init container", allowed, suffix);
        if (complaint == null) {
            complaint = ofContainers(spec, "containers", "container", allowed, suffix);
        }
        return complaint == null ? ofPullSecrets(account, spec, suffix) : complaint;
    }

    /** Which secret an ephemeral container may not use, or null. */
    static @Nullable String complaintOfEphemeral(ObjectNode account, ObjectNode spec) {
        return ofContainers(
                spec,
                "ephemeralContainers",
                "ephemeral container",
                names(account, "secrets"),
                suffix(account));
    }

    private static @Nullable String ofPullSecrets(
            ObjectNode account, ObjectNode spec, String suffix) {
        Set<String> allowed = names(account, "imagePullSecrets");
        List<ObjectNode> used = Json.objects(spec, "imagePullSecrets");
        for (int i = 0; i < used.size(); i++) {
            String name = Json.text(used.get(i), "name");
            if (!allowed.contains(name)) {
                return "imagePullSecrets["
                        + i
                        + "].name=\""
                        + name
                        + "\""
                        + suffix
                        + "that imagePullSecret";
            }
        }
        return null;
    }

    private static @Nullable String ofContainers(
            ObjectNode spec, String list, String kind, Set<String> allowed, String suffix) {
        for (ObjectNode container : Json.objects(spec, list)) {
            for (ObjectNode variable : Json.objects(container, "env")) {
                ObjectNode reference = Json.objectAt(variable, "valueFrom", "secretKeyRef");
                if (reference != null && !allowed.contains(Json.text(reference, "name"))) {
                    return "%s %s with envVar %s referencing secret.secretName=\"%s\"%sthat secret"
                            .formatted(
                                    kind,
                                    Json.text(container, "name"),
                                    Json.text(variable, "name"),
                                    Json.text(reference, "name"),
                                    suffix);
                }
            }
        }
        return null;
    }

    private static String suffix(ObjectNode account) {
        return " is not allowed because service account "
                + Json.text(account, "metadata", "name")
                + " does not reference ";
    }

    private static Set<String> names(ObjectNode account, String list) {
        Set<String> names = new HashSet<>();
        Json.objects(account, list).forEach(each -> names.add(Json.text(each, "name")));
        return names;
    }
}
