package dev.pilothouse.server.registry.admissionregistration;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Rules of Validating- and MutatingAdmissionPolicyBindings. */
public final class AdmissionPolicyBindingStrategy implements ResourceStrategy {

    private static final List<String> ACTIONS = List.of("Audit", "Deny", "Warn");

    private final boolean mutating;

    /**
     * @param mutating true for bindings of mutating policies
     */
    public AdmissionPolicyBindingStrategy(boolean mutating) {
        this.mutating = mutating;
    }

    @Override
    public void setDefaults(ObjectNode binding) {
        ObjectNode match = Json.objectAt(binding, "spec", "matchResources");
        if (match != null) {
            OperationRules.matchDefaults(match);
        }
    }

    @Override
    public void validate(ObjectNode binding, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(binding, errors).child("spec");
        spec.requireSyntax("policyName", Names::dnsSubdomain);
        spec.ifPresent("paramRef", AdmissionPolicyBindingStrategy::parameters);
        spec.ifPresent("matchResources", OperationRules::match);
        if (!mutating) {
            actions(spec);
        }
    }

    private static void parameters(ObjectCheck reference) {
        boolean named = reference.has("name");
        boolean selected = reference.present("selector");
        if (named && selected) {
            reference.forbidden("name", "name and selector are mutually exclusive");
        } else if (!named && !selected) {
            reference
                    .errors()
                    .required(reference.path(), "one of name or selector must be specified");
        }
        reference.requireOneOf("parameterNotFoundAction", List.of("Allow", "Deny"));
    }

    private static void actions(ObjectCheck spec) {
        spec.require("validationActions");
        Set<String> seen = new HashSet<>();
        spec.eachText(
                "validationActions",
                (action, path) -> {
                    if (!ACTIONS.contains(action)) {
                        spec.errors().notSupported(path, action, ACTIONS);
                    }
                    if (!seen.add(action)) {
                        spec.errors().duplicate(path, action);
                    }
                });
        if (seen.contains("Deny") && seen.contains("Warn")) {
            spec.invalid(
                    "validationActions",
                    "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)");
        }
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
