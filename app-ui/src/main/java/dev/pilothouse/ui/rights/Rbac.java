package dev.pilothouse.ui.rights;

import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The roles and bindings of a cluster, and what follows from them. Other authorizers of a cluster,
 * such as webhooks, are not known here. Immutable.
 */
public final class Rbac {

    private static final String CLUSTER_ROLE = "ClusterRole";

    private final Map<String, List<Rule>> roles = new HashMap<>();
    private final List<Binding> bindings = new ArrayList<>();

    /**
     * Someone.
     *
     * @param kind {@code User}, {@code Group} or {@code ServiceAccount}
     * @param namespace of a service account, else empty
     */
    public record Subject(String kind, String namespace, String name) {

        /** For people. */
        public String text() {
            return namespace.isEmpty() ? kind + " " + name : kind + " " + namespace + "/" + name;
        }
    }

    /**
     * A binding of a role to some.
     *
     * @param namespace in which it counts; empty for all
     */
    public record Binding(
            String kind,
            String namespace,
            String name,
            String roleKind,
            String role,
            List<Subject> subjects) {

        /** Copies the list. */
        public Binding {
            subjects = List.copyOf(subjects);
        }
    }

    /** That someone may do what a rule says, through a binding. */
    public record Grant(Subject subject, Binding binding, Rule rule) {}

    private Rbac() {}

    /**
     * Takes roles, cluster roles, role bindings and cluster role bindings.
     *
     * @param objects in any order, with their kind
     */
    public static Rbac of(List<ObjectNode> objects) {
        Rbac rbac = new Rbac();
        for (ObjectNode object : objects) {
            String kind = Json.text(object, "kind");
            String namespace = Json.text(object, "metadata", "namespace");
            String name = Json.text(object, "metadata", "name");
            if (kind.endsWith("Binding")) {
                rbac.bindings.add(
                        new Binding(
                                kind,
                                namespace,
                                name,
                                Json.text(object, "roleRef", "kind"),
                                Json.text(object, "roleRef", "name"),
                                subjects(object, namespace)));
            } else {
                rbac.roles.put(key(kind, namespace, name), Rule.all(object));
            }
        }
        rbac.bindings.sort(Comparator.comparing(Binding::namespace).thenComparing(Binding::name));
        return rbac;
    }

    private static List<Subject> subjects(ObjectNode binding, String namespace) {
        List<Subject> subjects = new ArrayList<>();
        for (ObjectNode subject : Json.objects(binding, "subjects")) {
            String kind = Json.text(subject, "kind");
            String of = Json.text(subject, "namespace");
            subjects.add(
                    new Subject(
                            kind,
                            kind.equals("ServiceAccount") ? of.isEmpty() ? namespace : of : "",
                            Json.text(subject, "name")));
        }
        return subjects;
    }

    private static String key(String kind, String namespace, String name) {
        return kind.equals(CLUSTER_ROLE) ? kind + "/" + name : kind + "/" + namespace + "/" + name;
    }

    /** All bindings. */
    public List<Binding> bindings() {
        return List.copyOf(bindings);
    }

    /** The rules that a binding grants; empty when its role is missing. */
    public List<Rule> rules(Binding binding) {
        return roles.getOrDefault(
                key(binding.roleKind(), binding.namespace(), binding.role()), List.of());
    }

    /** The bindings of a role. */
    public List<Binding> bindingsOf(String roleKind, String namespace, String role) {
        return bindings.stream()
                .filter(binding ->
                        binding.roleKind().equals(roleKind)
                                && binding.role().equals(role)
                                && (roleKind.equals(CLUSTER_ROLE)
                                        || binding.namespace().equals(namespace)))
                .toList();
    }

    /**
     * Who may do something.
     *
     * @param resource with its subresource, as {@code pods/log}
     * @param namespace where; empty for everywhere
     */
    public List<Grant> whoCan(String verb, String group, String resource, String namespace) {
        List<Grant> grants = new ArrayList<>();
        for (Binding binding : bindings) {
            boolean there = binding.namespace().isEmpty() || binding.namespace().equals(namespace);
            if (!there) {
                continue;
            }
            for (Rule rule : rules(binding)) {
                if (rule.allows(verb, group, resource)) {
                    binding.subjects()
                            .forEach(subject -> grants.add(new Grant(subject, binding, rule)));
                }
            }
        }
        return grants;
    }

    /** What a service account may do: by its name and by the groups that it is in. */
    public List<Grant> grantsOfAccount(String namespace, String name) {
        Set<Subject> meant = new LinkedHashSet<>();
        meant.add(new Subject("ServiceAccount", namespace, name));
        meant.add(new Subject("User", "", "system:serviceaccount:" + namespace + ":" + name));
        for (String group :
                List.of(
                        "system:serviceaccounts",
                        "system:serviceaccounts:" + namespace,
                        "system:authenticated")) {
            meant.add(new Subject("Group", "", group));
        }
        List<Grant> grants = new ArrayList<>();
        for (Binding binding : bindings) {
            for (Subject subject : binding.subjects()) {
                if (meant.contains(subject)) {
                    rules(binding).forEach(rule -> grants.add(new Grant(subject, binding, rule)));
                }
            }
        }
        return grants;
    }
}
