package dev.pilothouse.server.registry.networking;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Rules of IngressClasses. Source: ValidateIngressClass. */
public final class IngressClassStrategy implements ResourceStrategy {

    private static final int MAX_CONTROLLER = 250;
    private static final Pattern PATH_PATTERN = Pattern.compile("[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+");

    @Override
    public void setDefaults(ObjectNode ingressClass) {
        ObjectNode parameters = Json.objectAt(ingressClass, "spec", "parameters");
        if (parameters != null) {
            Defaults.text(parameters, "scope", "Cluster");
        }
    }

    @Override
    public void validate(ObjectNode ingressClass, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(ingressClass, errors).child("spec");
        if (spec.text("controller").length() > MAX_CONTROLLER) {
            errors.tooLong(spec.path("controller"), MAX_CONTROLLER);
        }
        spec.requireSyntax("controller", IngressClassStrategy::controller);
        spec.ifPresent("parameters", IngressClassStrategy::parameters);
    }

    private static List<String> controller(String value) {
        int slash = value.indexOf('/');
        if (slash <= 0 || slash == value.length() - 1) {
            return List.of("must be a domain-prefixed path (such as \"acme.io/foo\")");
        }
        List<String> complaints = new ArrayList<>(Names.dnsSubdomain(value.substring(0, slash)));
        if (!PATH_PATTERN.matcher(value.substring(slash + 1)).matches()) {
            complaints.add(
                    "Invalid path (e.g. 'my-path', regex used for validation is '"
                            + PATH_PATTERN
                            + "')");
        }
        return complaints;
    }

    private static void parameters(ObjectCheck parameters) {
        parameters.syntax("apiGroup", Names::dnsSubdomain);
        parameters.requireSyntax("kind", Names::pathSegment);
        parameters.requireSyntax("name", Names::pathSegment);
        if (!parameters.require("scope")) {
            return;
        }
        switch (parameters.text("scope")) {
            case "Namespace" -> {
                if (parameters.require("namespace", "`parameters.scope` is set to 'Namespace'")) {
                    parameters.syntax("namespace", Names::dnsLabel);
                }
            }
            case "Cluster" -> {
                if (parameters.present("namespace")) {
                    parameters.forbidden("namespace", "`parameters.scope` is set to 'Cluster'");
                }
            }
            default -> parameters.oneOf("scope", List.of("Cluster", "Namespace"));
        }
    }

    @Override
    public void validateUpdate(ObjectNode ingressClass, ObjectNode old, FieldErrors errors) {
        ObjectCheck.of(ingressClass, errors)
                .child("spec")
                .immutable("controller", Json.child(old, "spec"));
        validate(ingressClass, errors);
    }

    @Override
    public boolean tracksGeneration() {
        return true;
    }
}
