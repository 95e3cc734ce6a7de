package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Checks spec.os, and that nothing is set which that operating system does not have. */
final class OperatingSystemValidator {

    private static final List<String> NAMES = List.of("linux", "windows");

    private static final List<String> POD_NOT_ON_WINDOWS =
            List.of("hostPID", "hostIPC", "shareProcessNamespace", "hostUsers");
    private static final List<String> POD_CONTEXT_NOT_ON_WINDOWS =
            List.of(
                    "appArmorProfile",
                    "seLinuxOptions",
                    "seccompProfile",
                    "fsGroup",
                    "fsGroupChangePolicy",
                    "sysctls",
                    "runAsUser",
                    "runAsGroup",
                    "supplementalGroups",
                    "supplementalGroupsPolicy");
    private static final List<String> CONTEXT_NOT_ON_WINDOWS =
            List.of(
                    "appArmorProfile",
                    "seLinuxOptions",
                    "seccompProfile",
                    "capabilities",
                    "readOnlyRootFilesystem",
                    "privileged",
                    "allowPrivilegeEscalation",
                    "procMount",
                    "runAsUser",
                    "runAsGroup");

    private OperatingSystemValidator() {}

    static void validate(JsonNode spec, FieldPath path, FieldErrors errors) {
        if (!FieldChecks.has(spec, "os")) {
            return;
        }
        String name = FieldChecks.text(spec.path("os"), "name");
        FieldPath at = path.child("os");
        if (name.isEmpty()) {
            errors.required(at.child("name"), "cannot be empty");
        } else if (!NAMES.contains(name)) {
            errors.notSupported(at, name, NAMES);
        } else if (name.equals("linux")) {
            linux(spec, path, errors);
        } else {
            windows(spec, path, errors);
        }
    }

    private static void linux(JsonNode spec, FieldPath path, FieldErrors errors) {
        String why = "windows options cannot be set for a linux pod";
        List<String> member = List.of("windowsOptions");
        forbid(spec.path("securityContext"), member, why, path.child("securityContext"), errors);
        PodSpecs.visit(
                spec,
                path,
                (container, at) ->
                        forbid(
                                container.path("securityContext"),
                                member,
                                why,
                                at.child("securityContext"),
                                errors));
    }

    private static void windows(JsonNode spec, FieldPath path, FieldErrors errors) {
        String why = "cannot be set for a windows pod";
        for (String member : POD_NOT_ON_WINDOWS) {
            JsonNode value = spec.get(member);
            boolean set = member.equals("hostUsers") ? value != null : isTrue(value);
            if (set) {
                errors.forbidden(path.child(member), why);
            }
        }
        forbid(
                spec.path("securityContext"),
                POD_CONTEXT_NOT_ON_WINDOWS,
                why,
                path.child("securityContext"),
                errors);
        PodSpecs.visit(
                spec,
                path,
                (container, at) ->
                        forbid(
                                container.path("securityContext"),
                                CONTEXT_NOT_ON_WINDOWS,
                                why,
                                at.child("securityContext"),
                                errors));
    }

    private static boolean isTrue(@org.jspecify.annotations.Nullable JsonNode value) {
        return value != null && value.asBoolean(false);
    }

    private static void forbid(
            JsonNode context,
            List<String> members,
            String why,
            FieldPath path,
            FieldErrors errors) {
        for (String member : members) {
            if (FieldChecks.has(context, member)) {
                errors.forbidden(path.child(member), why);
            }
        }
    }
}
