package dev.pilothouse.server.registry.rbac;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.server.registry.ResourceStrategy;
import dev.pilothouse.server.registry.validation.Defaults;
import dev.pilothouse.server.registry.validation.FieldErrors;
import dev.pilothouse.server.registry.validation.FieldPath;
import dev.pilothouse.server.registry.validation.NameRule;
import dev.pilothouse.server.registry.validation.Names;
import dev.pilothouse.server.registry.validation.ObjectCheck;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Rules of RoleBindings and ClusterRoleBindings. Source: pkg/apis/rbac/validation. */
public final class RoleBindingStrategy implements ResourceStrategy {

    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final List<String> SUBJECTS = List.of("Group", "ServiceAccount", "User");

    private final boolean namespaced;

    /**
     * @param namespaced true for RoleBindings, false for ClusterRoleBindings
     */
    public RoleBindingStrategy(boolean namespaced) {
        this.namespaced = namespaced;
    }

    @Override
    public void setDefaults(ObjectNode binding) {
        Defaults.text(Json.child(binding, "roleRef"), "apiGroup", GROUP);
        for (ObjectNode subject : Json.objects(binding, "subjects")) {
            String kind = Json.text(subject, "kind");
            if (kind.equals("User") || kind.equals("Group")) {
                Defaults.text(subject, "apiGroup", GROUP);
            }
        }
    }

    @Override
    public void validate(ObjectNode binding, FieldErrors errors) {
        ObjectCheck whole = ObjectCheck.of(binding, errors);
        ObjectCheck role = whole.child("roleRef");
        if (!role.text("apiGroup").equals(GROUP)) {
            errors.notSupported(role.path("apiGroup"), role.text("apiGroup"), List.of(GROUP));
        }
        List<String> kinds = namespaced ? List.of("ClusterRole", "Role") : List.of("ClusterRole");
        if (!kinds.contains(role.text("kind"))) {
            errors.notSupported(role.path("kind"), role.text("kind"), kinds);
        }
        role.requireSyntax("name", Names::pathSegment);
        whole.each("subjects", this::subject);
    }

    private void subject(ObjectCheck subject) {
        boolean named = subject.require("name");
        String group = subject.text("apiGroup");
        switch (subject.text("kind")) {
            case "ServiceAccount" -> {
                if (named) {
                    subject.syntax("name", Names::dnsSubdomain);
                }
                if (!group.isEmpty()) {
                    subject.errors().notSupported(subject.path("apiGroup"), group, List.of(""));
                }
                if (!namespaced || subject.present("namespace")) {
                    subject.require("namespace");
                }
            }
            case "User", "Group" -> {
                if (!group.equals(GROUP)) {
                    subject.errors().notSupported(subject.path("apiGroup"), group, List.of(GROUP));
                }
            }
            default ->
                    subject.errors()
                            .notSupported(subject.path("kind"), subject.text("kind"), SUBJECTS);
        }
    }

    @Override
    public void validateUpdate(ObjectNode binding, ObjectNode old, FieldErrors errors) {
        validate(binding, errors);
        if (!ObjectCheck.same(binding.get("roleRef"), old.get("roleRef"))) {
            errors.invalid(FieldPath.of("roleRef"), shown(binding), "cannot change roleRef");
        }
    }

    /** The reference as kube-apiserver prints it in errors. */
    private static ObjectNode shown(ObjectNode binding) {
        ObjectNode reference = Json.object();
        reference.put("APIGroup", Json.text(binding, "roleRef", "apiGroup"));
        reference.put("Kind", Json.text(binding, "roleRef", "kind"));
        reference.put("Name", Json.text(binding, "roleRef", "name"));
        return reference;
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
