package dev.pilothouse.server.registry.admissionregistration;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Rules of Validating- and MutatingAdmissionPolicies; expressions are not compiled here. */
public final class AdmissionPolicyStrategy implements ResourceStrategy {

    private static final List<String> REASONS =
            List.of("Forbidden", "Invalid", "RequestEntityTooLarge", "Unauthorized");

    private final boolean mutating;

    /**
     * @param mutating true for mutating policies, false for validating ones
     */
    public AdmissionPolicyStrategy(boolean mutating) {
        this.mutating = mutating;
    }

    @Override
    public void setDefaults(ObjectNode policy) {
        ObjectNode spec = Json.child(policy, "spec");
        Defaults.text(spec, "failurePolicy", "Fail");
        ObjectNode match = Json.objectAt(spec, "matchConstraints");
        if (match != null) {
            OperationRules.matchDefaults(match);
        }
    }

    @Override
    public void validate(ObjectNode policy, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(policy, errors).child("spec");
        spec.requireOneOf("failurePolicy", List.of("Fail", "Ignore"));
        spec.ifPresent(
                "paramKind",
                kind -> {
                    kind.require("apiVersion");
                    kind.require("kind");
                });
        if (!spec.present("matchConstraints")) {
            errors.required(spec.path("matchConstraints"), "");
        } else {
            spec.child("matchConstraints").require("resourceRules");
            OperationRules.match(spec.child("matchConstraints"));
        }
        OperationRules.matchConditions(spec);
        spec.each(
                "variables",
                variable -> {
                    variable.require("name");
                    variable.require("expression");
                });
        if (mutating) {
            mutations(spec);
        } else {
            validations(spec);
        }
    }

    private static void mutations(ObjectCheck spec) {
        spec.require("mutations");
        spec.requireOneOf("reinvocationPolicy", List.of("IfNeeded", "Never"));
        spec.each(
                "mutations",
                mutation -> {
                    mutation.requireOneOf("patchType", List.of("ApplyConfiguration", "JSONPatch"));
                    String field =
                            mutation.text("patchType").equals("JSONPatch")
                                    ? "jsonPatch"
                                    : "applyConfiguration";
                    if (!mutation.present(field)) {
                        mutation.errors().required(mutation.path(field), "");
                    } else {
                        mutation.child(field).require("expression");
                    }
                });
    }

    private static void validations(ObjectCheck spec) {
        if (!spec.has("validations") && !spec.has("auditAnnotations")) {
            String detail = "validations or auditAnnotations must be present";
            spec.errors().required(spec.path("validations"), detail);
            spec.errors().required(spec.path("auditAnnotations"), detail);
        }
        spec.each(
                "validations",
                validation -> {
                    validation.require("expression", "expression is not specified");
                    validation.oneOf("reason", REASONS);
                });
        Set<String> keys = new HashSet<>();
        spec.each(
                "auditAnnotations",
                annotation -> {
                    if (annotation.require("key") && !keys.add(annotation.text("key"))) {
                        annotation
                                .errors()
                                .duplicate(annotation.path("key"), annotation.text("key"));
                    }
                    annotation.require("valueExpression");
                });
    }

    @Override
    public boolean hasStatus() {
        return !mutating;
    }

    @Override
    public boolean tracksGeneration() {
        return true;
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }
}
