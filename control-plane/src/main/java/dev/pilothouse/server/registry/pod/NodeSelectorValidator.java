package dev.pilothouse.server.registry.pod;

import dev.pilothouse.server.registry.validation.FieldChecks;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.LabelsValidator;
import dev.pilothouse.server.registry.validation.Names;
import tools.jackson.databind.JsonNode;

/** Checks selectors of nodes, as affinities and persistent volumes have them. */
public final class NodeSelectorValidator {

    private static final String BAD_OPERATOR = "not a valid selector operator";

    private NodeSelectorValidator() {}

    /** Checks a node selector: at least one term. */
    public static void validate(JsonNode selector, FieldPath path, FieldErrors errors) {
        FieldPath at = path.child("nodeSelectorTerms");
        JsonNode terms = selector.path("nodeSelectorTerms");
        if (terms.isEmpty()) {
            errors.required(at, "must have at least one node selector term");
            return;
        }
        int index = 0;
        for (JsonNode term : terms) {
            term(term, false, at.index(index++), errors);
        }
    }

    static void term(JsonNode term, boolean anyValues, FieldPath path, FieldErrors errors) {
        int index = 0;
        for (JsonNode requirement : term.path("matchExpressions")) {
            expression(
                    requirement, anyValues, path.child("matchExpressions").index(index++), errors);
        }
        index = 0;
        for (JsonNode requirement : term.path("matchFields")) {
            field(requirement, path.child("matchFields").index(index++), errors);
        }
    }

    private static void expression(
            JsonNode requirement, boolean anyValues, FieldPath path, FieldErrors errors) {
        String operator = FieldChecks.text(requirement, "operator");
        JsonNode values = requirement.path("values");
        FieldPath at = path.child("values");
        switch (operator) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    errors.required(at, "must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    errors.forbidden(
                            at,
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            case "Gt", "Lt" -> {
                if (values.size() != 1) {
                    errors.required(
                            at, "must be specified single value when `operator` is 'Lt' or 'Gt'");
                }
            }
            default -> errors.invalid(path.child("operator"), operator, BAD_OPERATOR);
        }
        LabelsValidator.validateKey(
                FieldChecks.text(requirement, "key"), path.child("key"), errors);
        if (anyValues) {
            return;
        }
        int index = 0;
        for (JsonNode value : values) {
            FieldPath own = at.index(index++);
            FieldChecks.report(Names.labelValue(value.asString("")), value, own, errors);
        }
    }

    private static void field(JsonNode requirement, FieldPath path, FieldErrors errors) {
        String operator = FieldChecks.text(requirement, "operator");
        String key = FieldChecks.text(requirement, "key");
        JsonNode values = requirement.path("values");
        if (operator.equals("In") || operator.equals("NotIn")) {
            if (values.size() != 1) {
                errors.required(
                        path.child("values"),
                        "must be only one value when `operator` is 'In' or 'NotIn' for node field"
                                + " selector");
            }
        } else {
            errors.invalid(path.child("operator"), operator, BAD_OPERATOR);
        }
        if (!key.equals("metadata.name")) {
            errors.invalid(path.child("key"), key, "not a valid field selector key");
            return;
        }
        int index = 0;
        for (JsonNode value : values) {
            String name = value.asString("");
            FieldPath own = path.child("values").index(index++);
            FieldChecks.report(Names.dnsSubdomain(name), name, own, errors);
        }
    }
}
