package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Checks the security context of a pod and its use of the host's namespaces. */
final class PodSecurityContextValidator {

    private static final String SYSCTL_SEGMENT = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    private static final String SYSCTL_NAME = "(" + SYSCTL_SEGMENT + "[\\./])*" + SYSCTL_SEGMENT;
    private static final Pattern SYSCTL = Pattern.compile(SYSCTL_NAME);
    private static final List<String> GROUP_CHANGES = List.of("Always", "OnRootMismatch");
    private static final List<String> GROUP_POLICIES = List.of("Merge", "Strict");
    private static final List<String> SELINUX_CHANGES = List.of("MountOption", "Recursive");

    private PodSecurityContextValidator() {}

    static void validate(JsonNode spec, boolean isPod, FieldPath path, FieldErrors errors) {
        hostNamespaces(spec, isPod, path, errors);
        JsonNode context = spec.path("securityContext");
        if (context.isEmpty()) {
            return;
        }
        FieldPath at = path.child("securityContext");
        SecurityContextValidator.id(context, "fsGroup", at, errors);
        SecurityContextValidator.id(context, "runAsUser", at, errors);
        SecurityContextValidator.id(context, "runAsGroup", at, errors);
        int index = 0;
        for (JsonNode group : context.path("supplementalGroups")) {
            FieldPath own = at.child("supplementalGroups").index(index++);
            SecurityContextValidator.id(group, own, errors);
        }
        FieldChecks.optionalOneOf(context, "fsGroupChangePolicy", GROUP_CHANGES, at, errors);
        FieldChecks.optionalOneOf(context, "supplementalGroupsPolicy", GROUP_POLICIES, at, errors);
        FieldChecks.optionalOneOf(context, "seLinuxChangePolicy", SELINUX_CHANGES, at, errors);
        SecurityContextValidator.profiles(context, at, errors);
        sysctls(spec, context, at.child("sysctls"), errors);
    }

    private static void hostNamespaces(
            JsonNode spec, boolean isPod, FieldPath path, FieldErrors errors) {
        boolean hostNetwork = spec.path("hostNetwork").asBoolean(false);
        if (hostNetwork) {
            hostPorts(spec, isPod, path.child("containers"), errors);
        }
        if (spec.path("shareProcessNamespace").asBoolean(false)
                && spec.path("hostPID").asBoolean(false)) {
            errors.invalid(
                    path.child("shareProcessNamespace"),
                    true,
                    "ShareProcessNamespace and HostPID cannot both be enabled");
        }
        if (spec.path("hostUsers").asBoolean(true)) {
            return;
        }
        for (String member : List.of("hostNetwork", "hostPID", "hostIPC")) {
            if (spec.path(member).asBoolean(false)) {
                errors.forbidden(path.child(member), "when `hostUsers` is false");
            }
        }
    }

    private static void hostPorts(
            JsonNode spec, boolean isPod, FieldPath path, FieldErrors errors) {
        int index = 0;
        for (JsonNode container : spec.path("containers")) {
            FieldPath ports = path.index(index++).child("ports");
            int portIndex = 0;
            for (JsonNode port : container.path("ports")) {
                FieldPath at = ports.index(portIndex++);
                int hostPort = port.path("hostPort").asInt(0);
                boolean counts = isPod || hostPort != 0;
                if (counts && hostPort != port.path("containerPort").asInt(0)) {
                    errors.invalid(
                            at.child("hostPort"),
                            hostPort,
                            "must match `containerPort` when `hostNetwork` is true");
                }
            }
        }
    }

    private static void sysctls(
            JsonNode spec, JsonNode context, FieldPath path, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        int index = 0;
        for (JsonNode sysctl : context.path("sysctls")) {
            FieldPath at = path.index(index++).child("name");
            String name = FieldChecks.text(sysctl, "name");
            if (name.isEmpty()) {
                errors.required(at, "");
            } else if (name.length() > 253 || !SYSCTL.matcher(name).matches()) {
                errors.invalid(
                        at,
                        name,
                        "must have at most 253 characters and match regex ^" + SYSCTL_NAME + "$");
            } else if (!seen.add(name.replace('/', '.'))) {
                errors.duplicate(at, name);
            } else {
                hostSysctl(spec, name.replace('/', '.'), at, errors);
            }
        }
    }

    /** Kernel parameters of a namespace that the pod shares with the host are the host's. */
    private static void hostSysctl(JsonNode spec, String name, FieldPath path, FieldErrors errors) {
        boolean network = name.startsWith("net.") && spec.path("hostNetwork").asBoolean(false);
        boolean ipc =
                (name.startsWith("kernel.shm")
                                || name.startsWith("kernel.msg")
                                || name.startsWith("fs.mqueue.")
                                || name.equals("kernel.sem"))
                        && spec.path("hostIPC").asBoolean(false);
        if (network) {
            errors.invalid(path, name, "may not be specified when 'hostNetwork' is set to true");
        } else if (ipc) {
            errors.invalid(path, name, "may not be specified when 'hostIPC' is set to true");
        }
    }
}
