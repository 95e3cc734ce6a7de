package dev.pilothouse.server.registry.batch;

import dev.pilothouse.server.registry.pod.PodTemplateRules;
import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Checks the specs of jobs, also of those that cron jobs make. */
final class JobSpecValidator {

    private static final int MAX_PARALLELISM_INDEXED = 100_000;
    private static final List<String> MODES = List.of("Indexed", "NonIndexed");
    private static final List<String> REPLACEMENTS = List.of("Failed", "TerminatingOrFailed");
    private static final List<String> COUNTS =
            List.of(
                    "parallelism",
                    "completions",
                    "activeDeadlineSeconds",
                    "backoffLimit",
                    "ttlSecondsAfterFinished",
                    "backoffLimitPerIndex",
                    "maxFailedIndexes");

    private JobSpecValidator() {}

    static void validate(JsonNode spec, FieldPath path, FieldErrors errors) {
        for (String count : COUNTS) {
            FieldChecks.nonNegative(spec, count, path, errors);
        }
        failedIndexes(spec, path, errors);
        completionMode(spec, path, errors);
        managedBy(spec, path, errors);
        if (spec.has("podFailurePolicy")) {
            PodFailurePolicyValidator.validate(spec, path, errors);
        }
        if (spec.has("successPolicy")) {
            SuccessPolicyValidator.validate(spec, path, errors);
        }
        replacement(spec, path, errors);
        PodTemplateRules.validate(spec.path("template"), path.child("template"), errors);
        restartPolicy(spec, path, errors);
    }

    private static boolean isIndexed(JsonNode spec) {
        return FieldChecks.text(spec, "completionMode").equals("Indexed");
    }

    private static void failedIndexes(JsonNode spec, FieldPath path, FieldErrors errors) {
        JsonNode max = spec.get("maxFailedIndexes");
        if (max == null) {
            return;
        }
        JsonNode completions = spec.get("completions");
        if (completions != null && max.asLong(0) > completions.asLong(0)) {
            errors.invalid(
                    path.child("maxFailedIndexes"),
                    max,
                    "must be less than or equal to completions");
        }
        if (!spec.has("backoffLimitPerIndex")) {
            errors.required(
                    path.child("backoffLimitPerIndex"), "when maxFailedIndexes is specified");
        }
    }

    private static void completionMode(JsonNode spec, FieldPath path, FieldErrors errors) {
        FieldChecks.optionalOneOf(spec, "completionMode", MODES, path, errors);
        if (isIndexed(spec)) {
            if (!spec.has("completions")) {
                errors.required(path.child("completions"), "when completion mode is Indexed");
            }
            long parallelism = spec.path("parallelism").asLong(0);
            if (parallelism > MAX_PARALLELISM_INDEXED) {
                errors.invalid(
                        path.child("parallelism"),
                        parallelism,
                        "must be less than or equal to 100000 when completion mode is Indexed");
            }
            return;
        }
        for (String member : List.of("backoffLimitPerIndex", "maxFailedIndexes")) {
            if (spec.has(member)) {
                errors.invalid(
                        path.child(member), spec.get(member), "requires indexed completion mode");
            }
        }
    }

    private static void managedBy(JsonNode spec, FieldPath path, FieldErrors errors) {
        if (!spec.has("managedBy")) {
            return;
        }
        String manager = FieldChecks.text(spec, "managedBy");
        FieldPath at = path.child("managedBy");
        int slash = manager.indexOf('/');
        if (slash < 1 || slash == manager.length() - 1) {
            errors.invalid(at, manager, "must be a domain-prefixed path (such as \"acme.io/foo\")");
        }
        if (manager.length() > 63) {
            errors.tooLong(at, 63);
        }
    }

    private static void replacement(JsonNode spec, FieldPath path, FieldErrors errors) {
        List<String> allowed = spec.has("podFailurePolicy") ? List.of("Failed") : REPLACEMENTS;
        FieldChecks.optionalOneOf(spec, "podReplacementPolicy", allowed, path, errors);
    }

    private static void restartPolicy(JsonNode spec, FieldPath path, FieldErrors errors) {
        String policy = FieldChecks.text(spec.path("template").path("spec"), "restartPolicy");
        FieldPath at = path.child("template").child("spec").child("restartPolicy");
        switch (policy) {
            // "Always" is what a missing policy defaults to.
            case "Always", "" -> errors.required(at, "valid values: \"OnFailure\", \"Never\"");
            case "OnFailure", "Never" -> {
                if (spec.has("podFailurePolicy") && !policy.equals("Never")) {
                    errors.invalid(
                            at,
                            policy,
                            "only \"Never\" is supported when podFailurePolicy is specified");
                }
            }
            default -> errors.notSupported(at, policy, List.of("OnFailure", "Never"));
        }
    }
}
