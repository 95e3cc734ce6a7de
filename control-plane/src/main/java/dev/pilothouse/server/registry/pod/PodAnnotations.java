package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import tools.jackson.databind.JsonNode;

/** Checks the annotations of pods that have a meaning to Kubernetes itself. */
final class PodAnnotations {

    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

    private PodAnnotations() {}

    static void validate(JsonNode object, JsonNode spec, FieldPath path, FieldErrors errors) {
        for (var entry : object.path("metadata").path("annotations").properties()) {
            String key = entry.getKey();
            String value = entry.getValue().asString("");
            if (key.equals(MIRROR) && spec.path("nodeName").asString("").isEmpty()) {
                errors.invalid(
                        path.key(key),
                        value,
                        "must set spec.nodeName if mirror pod annotation is set");
            } else if (key.startsWith(APP_ARMOR)) {
                appArmor(key, value, spec, path, errors);
            }
        }
    }

    /**
     * Mirror pods are what a kubelet says about its own pods; nobody else may turn a pod in one.
     */
    static void validateUpdate(JsonNode object, JsonNode old, FieldPath path, FieldErrors errors) {
        JsonNode before = old.path("metadata").path("annotations").path(MIRROR);
        JsonNode after = object.path("metadata").path("annotations").path(MIRROR);
        if (before.isMissingNode() && !after.isMissingNode()) {
            errors.forbidden(path.key(MIRROR), "may not add mirror pod annotation");
        } else if (!before.equals(after)) {
            errors.forbidden(path.key(MIRROR), "may not remove or update mirror pod annotation");
        }
    }

    private static void appArmor(
            String key, String profile, JsonNode spec, FieldPath path, FieldErrors errors) {
        String name = key.substring(APP_ARMOR.length());
        boolean found = false;
        for (String list : PodSpecs.REGULAR_LISTS) {
            for (JsonNode container : spec.path(list)) {
                found |= container.path("name").asString("").equals(name);
            }
        }
        if (!found) {
            errors.invalid(path.key(key), name, "container not found");
        }
        boolean known =
                profile.isEmpty()
                        || profile.equals("runtime/default")
                        || profile.equals("unconfined")
                        || profile.startsWith("localhost/");
        if (!known) {
            errors.invalid(
                    path.key(key), profile, "invalid AppArmor profile name: \"" + profile + "\"");
        }
    }
}
