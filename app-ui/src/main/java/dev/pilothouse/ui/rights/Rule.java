package dev.pilothouse.ui.rights;

import dev.pilothouse.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A rule of a role, with the meaning that the RBAC authorizer gives it: {@code *} is everything,
 * {@code *}{@code /log} that subresource of everything. Source: rbac.authorization.k8s.io/v1.
 *
 * @param verbs what may be done
 * @param groups of the resources, empty text for the core group
 * @param resources to what, with subresources as {@code pods/log}
 * @param names only to these; empty for all
 * @param urls paths outside the API, for rules of those
 */
public record Rule(
        List<String> verbs,
        List<String> groups,
        List<String> resources,
        List<String> names,
        List<String> urls) {

    private static final String ALL = "*";

    /** Copies the lists. */
    public Rule {
        verbs = List.copyOf(verbs);
        groups = List.copyOf(groups);
        resources = List.copyOf(resources);
        names = List.copyOf(names);
        urls = List.copyOf(urls);
    }

    /** Reads a rule of a role or of a SelfSubjectRulesReview. */
    public static Rule of(JsonNode rule) {
        return new Rule(
                texts(rule, "verbs"),
                texts(rule, "apiGroups"),
                texts(rule, "resources"),
                texts(rule, "resourceNames"),
                texts(rule, "nonResourceURLs"));
    }

    /** All rules of a role. */
    public static List<Rule> all(JsonNode role) {
        return Json.objects(role, "rules").stream().map(Rule::of).toList();
    }

    private static List<String> texts(JsonNode rule, String field) {
        List<String> texts = new ArrayList<>();
        rule.path(field).forEach(text -> texts.add(text.asString("")));
        return texts;
    }

    /**
     * Whether it allows something to be done to at least some objects.
     *
     * @param resource with its subresource, as {@code pods/log}
     */
    public boolean allows(String verb, String group, String resource) {
        int slash = resource.indexOf('/');
        return has(verbs, verb)
                && has(groups, group)
                && (has(resources, resource)
                        || slash >= 0 && resources.contains(ALL + resource.substring(slash)));
    }

    private static boolean has(List<String> these, String one) {
        return these.contains(ALL) || these.contains(one);
    }

    /** What may be done, for people. */
    public String verbsText() {
        return String.join(", ", verbs);
    }

    /** To what, for people: resources with their groups as kubectl writes them, or paths. */
    public String objectsText() {
        if (resources.isEmpty()) {
            return String.join(", ", urls);
        }
        List<String> texts = new ArrayList<>();
        for (String group : groups.isEmpty() ? List.of("") : groups) {
            for (String resource : resources) {
                texts.add(
                        group.isEmpty() || resource.equals(ALL) && group.equals(ALL)
                                ? resource
                                : resource + "." + group);
            }
        }
        return String.join(", ", texts);
    }

    /** Only to which, for people; empty for all. */
    public String namesText() {
        return String.join(", ", names);
    }
}
