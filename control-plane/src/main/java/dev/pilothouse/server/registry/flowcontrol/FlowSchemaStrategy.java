package dev.pilothouse.server.registry.flowcontrol;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Rules of FlowSchemas. Source: pkg/apis/flowcontrol/validation. */
public final class FlowSchemaStrategy implements ResourceStrategy {

    private static final int PRECEDENCE = 1000;
    private static final int MAX_PRECEDENCE = 10000;
    private static final List<String> SUBJECTS = List.of("Group", "ServiceAccount", "User");

    @Override
    public void setDefaults(ObjectNode schema) {
        Defaults.number(Json.child(schema, "spec"), "matchingPrecedence", PRECEDENCE);
    }

    @Override
    public void validate(ObjectNode schema, FieldErrors errors) {
        ObjectCheck spec = ObjectCheck.of(schema, errors).child("spec");
        long precedence = Json.number(spec.node(), 0, "matchingPrecedence");
        if (precedence <= 0) {
            spec.invalid("matchingPrecedence", "must be a positive value");
        } else if (precedence > MAX_PRECEDENCE) {
            spec.invalid("matchingPrecedence", "must not be greater than " + MAX_PRECEDENCE);
        } else if (precedence == 1 && !Json.text(schema, "metadata", "name").equals("exempt")) {
            spec.invalid(
                    "matchingPrecedence",
                    "only the schema named 'exempt' may have matchingPrecedence 1");
        }
        spec.ifPresent(
                "distinguisherMethod",
                method -> method.requireOneOf("type", List.of("ByNamespace", "ByUser")));
        ObjectCheck level = spec.child("priorityLevelConfiguration");
        if (level.require("name", "must reference a priority level")) {
            level.syntax("name", Names::dnsSubdomain);
        }
        spec.each("rules", FlowSchemaStrategy::rule);
    }

    private static void rule(ObjectCheck rule) {
        rule.require("subjects", "subjects must contain at least one value");
        rule.each("subjects", FlowSchemaStrategy::subject);
        if (!rule.has("resourceRules") && !rule.has("nonResourceRules")) {
            rule.errors()
                    .required(
                            rule.path(),
                            "at least one of resourceRules and nonResourceRules has to be non-empty");
        }
        rule.each(
                "resourceRules",
                resource -> {
                    resource.require("verbs");
                    resource.require("apiGroups");
                    resource.require("resources");
                    if (!resource.has("namespaces")
                            && !Json.bool(resource.node(), "clusterScope")) {
                        resource.errors()
                                .required(
                                        resource.path("namespaces"),
                                        "resource rules that are not cluster scoped must supply at least one namespace");
                    }
                });
        rule.each(
                "nonResourceRules",
                url -> {
                    url.require("verbs");
                    url.require("nonResourceURLs");
                });
    }

    private static void subject(ObjectCheck subject) {
        switch (subject.text("kind")) {
            case "ServiceAccount" -> {
                only(subject, "serviceAccount");
                subject.child("serviceAccount").require("namespace");
                subject.child("serviceAccount").require("name");
            }
            case "User" -> {
                only(subject, "user");
                subject.child("user").require("name");
            }
            case "Group" -> {
                only(subject, "group");
                subject.child("group").require("name");
            }
            default ->
                    subject.errors()
                            .notSupported(subject.path("kind"), subject.text("kind"), SUBJECTS);
        }
    }

    private static void only(ObjectCheck subject, String field) {
        for (String other : List.of("serviceAccount", "user", "group")) {
            if (!other.equals(field) && subject.present(other)) {
                subject.forbidden(
                        other, other + " is forbidden when subject kind is not '" + other + "'");
            }
        }
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public boolean tracksGeneration() {
        return true;
    }
}
