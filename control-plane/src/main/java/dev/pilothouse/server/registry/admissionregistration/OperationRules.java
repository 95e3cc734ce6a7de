package dev.pilothouse.server.registry.admissionregistration;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.LabelSelectorValidator;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Which requests a webhook or policy is for. Source: validateRuleWithOperations. */
final class OperationRules {

    private static final List<String> OPERATIONS =
            List.of("*", "CONNECT", "CREATE", "DELETE", "UPDATE");
    private static final List<String> SCOPES = List.of("*", "Cluster", "Namespaced");
    private static final int MAX_CONDITIONS = 64;

    private OperationRules() {}

    static void validate(ObjectCheck rule, boolean allowSubresource) {
        if (rule.require("operations")) {
            alone(rule, "operations", "operations");
            rule.eachText(
                    "operations",
                    (operation, path) -> {
                        if (!OPERATIONS.contains(operation)) {
                            rule.errors().notSupported(path, operation, OPERATIONS);
                        }
                    });
        }
        if (rule.require("apiGroups")) {
            alone(rule, "apiGroups", "API groups");
        }
        if (rule.require("apiVersions")) {
            alone(rule, "apiVersions", "API versions");
            notEmpty(rule, "apiVersions");
        }
        if (rule.require("resources")) {
            notEmpty(rule, "resources");
            resources(rule, allowSubresource);
        }
        rule.oneOf("scope", SCOPES);
    }

    private static Set<String> texts(ObjectCheck rule, String field) {
        Set<String> values = new HashSet<>();
        rule.eachText(field, (value, path) -> values.add(value));
        return values;
    }

    private static void alone(ObjectCheck rule, String field, String shown) {
        if (rule.size(field) > 1 && texts(rule, field).contains("*")) {
            rule.invalid(field, "if '*' is present, must not specify other " + shown);
        }
    }

    private static void notEmpty(ObjectCheck rule, String field) {
        rule.eachText(
                field,
                (value, path) -> {
                    if (value.isEmpty()) {
                        rule.errors().required(path, "");
                    }
                });
    }

    private static void resources(ObjectCheck rule, boolean allowSubresource) {
        Set<String> all = texts(rule, "resources");
        rule.eachText(
                "resources",
                (resource, path) -> {
                    int slash = resource.indexOf('/');
                    if (slash < 0) {
                        return;
                    }
                    if (!allowSubresource) {
                        rule.errors().invalid(path, resource, "may not specify subresource");
                    }
                    String base = resource.substring(0, slash);
                    String sub = resource.substring(slash + 1);
                    if (!sub.equals("*") && all.contains(base + "/*")) {
                        rule.errors()
                                .invalid(
                                        path,
                                        resource,
                                        "if '"
                                                + base
                                                + "/*' is present, must not specify "
                                                + resource);
                    } else if (!base.equals("*") && all.contains("*/" + sub)) {
                        rule.errors()
                                .invalid(
                                        path,
                                        resource,
                                        "if '*/"
                                                + sub
                                                + "' is present, must not specify "
                                                + resource);
                    }
                });
        if (all.size() > 1 && all.contains("*/*")) {
            rule.invalid("resources", "if '*/*' is present, must not specify other resources");
        }
        boolean onlyWhole =
                all.stream()
                        .anyMatch(resource -> resource.indexOf('/') < 0 && !resource.equals("*"));
        if (onlyWhole && all.contains("*")) {
            rule.invalid(
                    "resources",
                    "if '*' is present, must not specify other resources without subresources");
        }
    }

    static void selectors(ObjectCheck owner) {
        for (String field : List.of("namespaceSelector", "objectSelector")) {
            LabelSelectorValidator.validate(
                    Json.objectAt(owner.node(), field), false, owner.path(field), owner.errors());
        }
    }

    static void matchConditions(ObjectCheck owner) {
        if (owner.size("matchConditions") > MAX_CONDITIONS) {
            owner.errors()
                    .tooMany(
                            owner.path("matchConditions"),
                            owner.size("matchConditions"),
                            MAX_CONDITIONS);
        }
        Set<String> names = new HashSet<>();
        owner.each(
                "matchConditions",
                condition -> {
                    condition.require("expression");
                    if (condition.require("name")) {
                        condition.syntax("name", Names::qualifiedName);
                        if (!names.add(condition.text("name"))) {
                            condition
                                    .errors()
                                    .duplicate(condition.path("name"), condition.text("name"));
                        }
                    }
                });
    }

    static void matchDefaults(ObjectNode match) {
        Defaults.text(match, "matchPolicy", "Equivalent");
        Defaults.object(match, "namespaceSelector");
        Defaults.object(match, "objectSelector");
        for (String field : List.of("resourceRules", "excludeResourceRules")) {
            Json.objects(match, field).forEach(rule -> Defaults.text(rule, "scope", "*"));
        }
    }

    static void match(ObjectCheck match) {
        match.requireOneOf("matchPolicy", List.of("Equivalent", "Exact"));
        selectors(match);
        match.each("resourceRules", rule -> validate(rule, true));
        match.each("excludeResourceRules", rule -> validate(rule, true));
    }
}
