package dev.pilothouse.server.registry.apiextensions;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.net.URI;
import java.net.URISyntaxException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Groups of the Kubernetes community need an annotation that says where they were approved. Source:
 * KEP 1111 and apiextensions-apiserver pkg/apihelpers.
 */
final class ApiApproval {

    private static final String ANNOTATION = "api-approved.kubernetes.io";
    private static final String SEE = ", see https://github.com/kubernetes/enhancements/pull/1111";

    private ApiApproval() {}

    static boolean isProtected(String group) {
        return group.equals("k8s.io")
                || group.equals("kubernetes.io")
                || group.endsWith(".k8s.io")
                || group.endsWith(".kubernetes.io");
    }

    static String annotation(ObjectNode definition) {
        return Json.text(definition, "metadata", "annotations", ANNOTATION);
    }

    static boolean isBypassed(String annotation) {
        return annotation.startsWith("unapproved");
    }

    static void validate(ObjectNode definition, FieldErrors errors) {
        if (!isProtected(Json.text(definition, "spec", "group"))) {
            return;
        }
        String annotation = annotation(definition);
        FieldPath path = FieldPath.of("metadata").child("annotations").key(ANNOTATION);
        String needed = "protected groups must have approval annotation \"" + ANNOTATION + "\"";
        if (annotation.isEmpty()) {
            errors.required(path, needed + SEE);
        } else if (!isBypassed(annotation) && !isUrl(annotation)) {
            errors.invalid(
                    path,
                    annotation,
                    needed + " with either a URL or a reason starting with \"unapproved\"" + SEE);
        }
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null && uri.getScheme() != null;
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
