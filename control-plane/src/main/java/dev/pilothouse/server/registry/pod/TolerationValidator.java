package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.LabelsValidator;
import dev.pilothouse.server.registry.validation.Names;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Checks tolerations of taints. */
final class TolerationValidator {

    private static final List<String> OPERATORS = List.of("Equal", "Exists");
    private static final List<String> EFFECTS =
            List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    private TolerationValidator() {}

    static void validate(JsonNode tolerations, FieldPath path, FieldErrors errors) {
        int index = 0;
        for (JsonNode toleration : tolerations) {
            toleration(toleration, path.index(index++), errors);
        }
    }

    private static void toleration(JsonNode toleration, FieldPath path, FieldErrors errors) {
        String key = FieldChecks.text(toleration, "key");
        String operator = FieldChecks.text(toleration, "operator");
        String effect = FieldChecks.text(toleration, "effect");
        String value = FieldChecks.text(toleration, "value");
        if (!key.isEmpty()) {
            LabelsValidator.validateKey(key, path.child("key"), errors);
        } else if (!operator.equals("Exists")) {
            errors.invalid(
                    path.child("operator"),
                    operator,
                    "operator must be Exists when `key` is empty, which means \"match all values"
                            + " and all keys\"");
        }
        if (FieldChecks.has(toleration, "tolerationSeconds") && !effect.equals("NoExecute")) {
            errors.invalid(
                    path.child("effect"),
                    effect,
                    "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        switch (operator) {
            case "Equal", "" -> {
                List<String> complaints = Names.labelValue(value);
                if (!complaints.isEmpty()) {
                    errors.invalid(path.child("operator"), value, String.join(";", complaints));
                }
            }
            case "Exists" -> {
                if (!value.isEmpty()) {
                    errors.invalid(
                            path.child("operator"),
                            toleration,
                            "value must be empty when `operator` is 'Exists'");
                }
            }
            default -> errors.notSupported(path.child("operator"), operator, OPERATORS);
        }
        if (!effect.isEmpty() && !EFFECTS.contains(effect)) {
            errors.notSupported(path.child("effect"), effect, EFFECTS);
        }
    }
}
