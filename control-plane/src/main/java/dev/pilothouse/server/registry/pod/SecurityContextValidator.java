package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Checks the security context of a container, and what it shares with that of the pod. */
final class SecurityContextValidator {

    private static final String BAD_ID = "must be between 0 and 2147483647, inclusive";
    private static final List<String> PROFILES =
            List.of("Localhost", "RuntimeDefault", "Unconfined");
    private static final List<String> PROC_MOUNTS = List.of("Default", "Unmasked");

    private SecurityContextValidator() {}

    static void validate(JsonNode container, JsonNode spec, FieldPath path, FieldErrors errors) {
        JsonNode context = container.path("securityContext");
        if (context.isEmpty()) {
            return;
        }
        FieldPath at = path.child("securityContext");
        id(context, "runAsUser", at, errors);
        id(context, "runAsGroup", at, errors);
        procMount(context, spec, at, errors);
        profiles(context, at, errors);
        if (context.path("allowPrivilegeEscalation").asBoolean(true)) {
            return;
        }
        if (context.path("privileged").asBoolean(false)) {
            errors.invalid(
                    at,
                    context,
                    "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        }
        for (JsonNode capability : context.path("capabilities").path("add")) {
            if (capability.asString("").equals("CAP_SYS_ADMIN")) {
                errors.invalid(
                        at,
                        context,
                        "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add`"
                                + " CAP_SYS_ADMIN");
            }
        }
    }

    static void id(JsonNode context, String member, FieldPath path, FieldErrors errors) {
        JsonNode value = context.get(member);
        if (value != null) {
            id(value, path.child(member), errors);
        }
    }

    static void id(JsonNode value, FieldPath path, FieldErrors errors) {
        if (value.asLong(0) < 0 || value.asLong(0) > Integer.MAX_VALUE) {
            errors.invalid(path, value, BAD_ID);
        }
    }

    /** Checks the seccomp and AppArmor profiles. */
    static void profiles(JsonNode context, FieldPath path, FieldErrors errors) {
        profile(context, "seccompProfile", "seccomp", path, errors);
        profile(context, "appArmorProfile", "AppArmor", path, errors);
    }

    private static void profile(
            JsonNode context, String member, String word, FieldPath path, FieldErrors errors) {
        if (!FieldChecks.has(context, member)) {
            return;
        }
        JsonNode profile = context.path(member);
        FieldPath at = path.child(member);
        FieldChecks.requiredOneOf(profile, "type", PROFILES, at, errors);
        FieldPath localPath = at.child("localhostProfile");
        String local = FieldChecks.text(profile, "localhostProfile");
        if (FieldChecks.text(profile, "type").equals("Localhost")) {
            if (local.isBlank()) {
                errors.required(localPath, "must be set when " + word + " type is Localhost");
            } else if (member.equals("seccompProfile")) {
                Paths.localDescending(local, localPath, errors);
            }
        } else if (profile.has("localhostProfile")) {
            errors.invalid(localPath, local, "can only be set when " + word + " type is Localhost");
        }
    }

    private static void procMount(
            JsonNode context, JsonNode spec, FieldPath path, FieldErrors errors) {
        FieldChecks.optionalOneOf(context, "procMount", PROC_MOUNTS, path, errors);
        if (FieldChecks.text(context, "procMount").equals("Unmasked")
                && spec.path("hostUsers").asBoolean(true)) {
            errors.invalid(
                    path.child("procMount"),
                    "Unmasked",
                    "`hostUsers` must be false to use `Unmasked`");
        }
    }
}
