package dev.pilothouse.server.endpoints.openapi;

import dev.pilothouse.model.meta.GroupVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** How a group version is called in paths, tags, operation ids and definitions. */
final class GroupNames {

    private GroupNames() {}

    /** {@code api/v1} or {@code apis/apps/v1}. */
    static String path(GroupVersion version) {
        return version.group().isEmpty()
                ? "api/" + version.version()
                : "apis/" + version.group() + "/" + version.version();
    }

    /** {@code CoreV1}, {@code RbacAuthorizationV1}, {@code ComExampleV1}. */
    static String camel(GroupVersion version) {
        return capital(group(version.group())) + capital(version.version());
    }

    /** {@code core_v1}, {@code rbacAuthorization_v1}. */
    static String tag(GroupVersion version) {
        return group(version.group()) + "_" + version.version();
    }

    /** {@code core}, {@code rbacAuthorization}, {@code comExample}. */
    static String group(String group) {
        if (group.isEmpty()) {
            return "core";
        }
        boolean ours = group.endsWith(".k8s.io") || group.indexOf('.') < 0;
        List<String> parts =
                ours ? Arrays.asList(group.replace(".k8s.io", "").split("\\.")) : reversed(group);
        StringBuilder name = new StringBuilder(parts.getFirst());
        for (String part : parts.subList(1, parts.size())) {
            name.append(capital(part));
        }
        return name.toString();
    }

    /** {@code com.example.v1.Database} for a custom resource. */
    static String customDefinition(String group, String version, String kind) {
        return String.join(".", reversed(group)) + "." + version + "." + kind;
    }

    static String capital(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static List<String> reversed(String group) {
        List<String> parts = new ArrayList<>(Arrays.asList(group.split("\\.")));
        Collections.reverse(parts);
        return parts;
    }
}
