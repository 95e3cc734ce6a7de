package dev.pilothouse.server.registry.rbac;

import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.LabelSelectorValidator;
import dev.pilothouse.server.registry.validation.NameRule;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import tools.jackson.databind.node.ObjectNode;

/** Rules of Roles and ClusterRoles. Source: pkg/apis/rbac/validation. */
public final class RoleStrategy implements ResourceStrategy {

    private final boolean namespaced;

    /**
     * @param namespaced true for Roles, false for ClusterRoles
     */
    public RoleStrategy(boolean namespaced) {
        this.namespaced = namespaced;
    }

    @Override
    public void validate(ObjectNode role, FieldErrors errors) {
        ObjectCheck whole = ObjectCheck.of(role, errors);
        whole.each("rules", this::rule);
        whole.ifPresent("aggregationRule", RoleStrategy::aggregation);
    }

    private static void aggregation(ObjectCheck rule) {
        if (!rule.require(
                "clusterRoleSelectors",
                "at least one clusterRoleSelector required if aggregationRule is non-nil")) {
            return;
        }
        rule.each(
                "clusterRoleSelectors",
                selector ->
                        LabelSelectorValidator.validate(
                                selector.node(), false, selector.path(), selector.errors()));
    }

    private void rule(ObjectCheck rule) {
        rule.require("verbs", "verbs must contain at least one value");
        if (rule.has("nonResourceURLs")) {
            if (namespaced) {
                rule.invalid(
                        "nonResourceURLs", "namespaced rules cannot apply to non-resource URLs");
            }
            if (rule.has("apiGroups") || rule.has("resources") || rule.has("resourceNames")) {
                rule.invalid(
                        "nonResourceURLs",
                        "rules cannot apply to both regular resources and non-resource URLs");
            }
            return;
        }
        rule.require("apiGroups", "resource rules must supply at least one api group");
        rule.require("resources", "resource rules must supply at least one resource");
    }

    @Override
    public boolean allowsCreateOnUpdate() {
        return true;
    }

    @Override
    public NameRule nameRule() {
        return NameRule.PATH_SEGMENT;
    }
}
