package dev.pilothouse.server.registry.batch;

import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import tools.jackson.databind.JsonNode;

/** Checks when an indexed job counts as done early (KEP 3998). */
final class SuccessPolicyValidator {

    private static final int MAX_RULES = 20;

    private SuccessPolicyValidator() {}

    static void validate(JsonNode spec, FieldPath path, FieldErrors errors) {
        FieldPath at = path.child("successPolicy");
        if (!FieldChecks.text(spec, "completionMode").equals("Indexed")) {
            errors.invalid(at, spec.get("successPolicy"), "requires indexed completion mode");
            return;
        }
        JsonNode rules = spec.path("successPolicy").path("rules");
        if (rules.isEmpty()) {
            errors.required(
                    at.child("rules"),
                    "at least one rules must be specified when the successPolicy is specified");
        }
        if (rules.size() > MAX_RULES) {
            errors.tooMany(at.child("rules"), rules.size(), MAX_RULES);
        }
        long completions = spec.path("completions").asLong(0);
        int index = 0;
        for (JsonNode rule : rules) {
            rule(rule, completions, at.child("rules").index(index++), errors);
        }
    }

    private static void rule(JsonNode rule, long completions, FieldPath path, FieldErrors errors) {
        JsonNode count = rule.get("succeededCount");
        JsonNode indexes = rule.get("succeededIndexes");
        if (count == null && indexes == null) {
            errors.required(
                    path, "at least one of succeededCount or succeededIndexes must be specified");
        }
        long selected = completions;
        if (indexes != null) {
            try {
                selected = count(indexes.asString(""), completions);
            } catch (IllegalArgumentException e) {
                errors.invalid(
                        path.child("succeededIndexes"),
                        indexes,
                        "error parsing succeededIndexes: " + e.getMessage());
            }
        }
        FieldChecks.nonNegative(rule, "succeededCount", path, errors);
        if (count != null && count.asLong(0) > completions) {
            errors.invalid(
                    path.child("succeededCount"),
                    count,
                    "must be less than or equal to "
                            + completions
                            + " (the number of specified completions)");
        } else if (count != null && indexes != null && count.asLong(0) > selected) {
            errors.invalid(
                    path.child("succeededCount"),
                    count,
                    "must be less than or equal to "
                            + selected
                            + " (the number of indexes in the specified succeededIndexes field)");
        }
    }

    /** How many indexes a list such as {@code 1,3-5} names. */
    private static long count(String text, long completions) {
        long count = 0;
        long last = -1;
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", -1);
            long first = index(ends[0], completions);
            long end = ends.length == 1 ? first : index(ends[1], completions);
            if (ends.length > 2) {
                throw new IllegalArgumentException(
                        "the fragment \""
                                + part
                                + "\" violates the"
                                + " requirement that an index interval can have at most two parts separated"
                                + " by '-'");
            }
            if (first <= last || end < first) {
                throw new IllegalArgumentException(
                        "non-increasing order, previous: " + last + ", current: " + first);
            }
            count += end - first + 1;
            last = end;
        }
        return count;
    }

    private static long index(String text, long completions) {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(Character::isDigit)) {
            throw new IllegalArgumentException(
                    "cannot convert string to integer for index: \"" + text + "\"");
        }
        long index = Long.parseLong(text);
        if (index >= completions) {
            throw new IllegalArgumentException("too large index: \"" + text + "\"");
        }
        return index;
    }
}
