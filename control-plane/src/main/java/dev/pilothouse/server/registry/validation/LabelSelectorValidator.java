package dev.pilothouse.server.registry.validation;

import dev.pilothouse.model.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Checks label selectors. Source: apimachinery's apis/meta/v1/validation. */
public final class LabelSelectorValidator {

    private LabelSelectorValidator() {}

    /** Checks a selector, null for none, and the values in its expressions. */
    public static void validate(@Nullable ObjectNode selector, FieldPath path, FieldErrors errors) {
        validate(selector, false, path, errors);
    }

    /**
     * Checks a selector.
     *
     * @param selector the selector, or null for none
     * @param allowInvalidValues whether values in expressions may be no valid label values, as in
     *     old objects
     * @param path where it is
     */
    public static void validate(
            @Nullable ObjectNode selector,
            boolean allowInvalidValues,
            FieldPath path,
            FieldErrors errors) {
        if (selector == null) {
            return;
        }
        ObjectNode labels = Json.objectAt(selector, "matchLabels");
        if (labels != null) {
            LabelsValidator.validate(labels, path.child("matchLabels"), errors);
        }
        int index = 0;
        for (ObjectNode requirement : Json.objects(selector, "matchExpressions")) {
            FieldPath at = path.child("matchExpressions").index(index++);
            requirement(requirement, allowInvalidValues, at, errors);
        }
    }

    /** Whether a selector selects everything: it has neither labels nor expressions. */
    public static boolean isEmpty(@Nullable ObjectNode selector) {
        return selector == null
                || (selector.path("matchLabels").isEmpty()
                        && selector.path("matchExpressions").isEmpty());
    }

    private static void requirement(
            ObjectNode requirement,
            boolean allowInvalidValues,
            FieldPath path,
            FieldErrors errors) {
        var values = requirement.path("values");
        String operator = Json.text(requirement, "operator");
        switch (operator) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    errors.required(
                            path.child("values"),
                            "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    errors.forbidden(
                            path.child("values"),
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            default ->
                    errors.invalid(
                            path.child("operator"), operator, "not a valid selector operator");
        }
        LabelsValidator.validateKey(Json.text(requirement, "key"), path.child("key"), errors);
        if (allowInvalidValues) {
            return;
        }
        int index = 0;
        for (var value : values) {
            FieldPath at = path.child("values").index(index++);
            for (String complaint : Names.labelValue(value.asString(""))) {
                errors.invalid(at, value, complaint);
            }
        }
    }
}
