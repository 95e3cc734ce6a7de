package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;

/** Checks paths of files in containers and volumes. */
final class Paths {

    private Paths() {}

    /** A relative path that stays below where it starts. */
    static void localDescending(String value, FieldPath path, FieldErrors errors) {
        if (value.startsWith("/")) {
            errors.invalid(path, value, "must be a relative path");
        }
        noBacksteps(value, path, errors);
    }

    /** As {@link #localDescending}, and its first step has no name that kubelets use. */
    static void localNonReserved(String value, FieldPath path, FieldErrors errors) {
        localDescending(value, path, errors);
        if (value.startsWith("..") && !value.startsWith("../")) {
            errors.invalid(path, value, "must not start with '..'");
        }
    }

    /** No step up. */
    static void noBacksteps(String value, FieldPath path, FieldErrors errors) {
        if (hasBackstep(value)) {
            errors.invalid(path, value, "must not contain '..'");
        }
    }

    static boolean hasBackstep(String value) {
        if (!value.contains("..")) {
            return false;
        }
        for (String step : value.split("/", -1)) {
            if (step.equals("..")) {
                return true;
            }
        }
        return false;
    }
}
