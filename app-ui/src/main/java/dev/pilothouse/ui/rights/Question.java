package dev.pilothouse.ui.rights;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.ui.cluster.Kind;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether something may be done.
 *
 * @param verb such as {@code get}
 * @param group of the resource, empty for core
 * @param resource its plural
 * @param subresource such as {@code log}, or empty
 * @param namespace where; empty for everywhere
 */
record Question(String verb, String group, String resource, String subresource, String namespace) {

    /**
     * Reads a resource as people write it: {@code pods}, {@code pods/log}, {@code
     * deployments.apps}, {@code deployments.apps/scale}; the group of a known resource need not be
     * written.
     */
    static Question of(String verb, String text, String namespace, List<Kind> kinds) {
        String written = text.strip();
        int slash = written.indexOf('/');
        String subresource = slash < 0 ? "" : written.substring(slash + 1);
        String whole = slash < 0 ? written : written.substring(0, slash);
        int dot = whole.indexOf('.');
        String resource = dot < 0 ? whole : whole.substring(0, dot);
        String group =
                dot >= 0
                        ? whole.substring(dot + 1)
                        : kinds.stream()
                                .filter(kind -> kind.resource().equals(resource))
                                .map(Kind::group)
                                .min(String::compareTo)
                                .orElse("");
        return new Question(verb.strip(), group, resource, subresource, namespace.strip());
    }

    /** Resource and subresource, as rules name them. */
    String path() {
        return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }

    /** As a SelfSubjectAccessReview asks, which {@code kubectl auth can-i} sends. */
    ObjectNode review() {
        ObjectNode review =
                Json.object()
                        .put("kind", "SelfSubjectAccessReview")
                        .put("apiVersion", "authorization.k8s.io/v1");
        ObjectNode attributes = review.putObject("spec").putObject("resourceAttributes");
        put(attributes, "namespace", namespace);
        put(attributes, "verb", verb);
        put(attributes, "group", group);
        put(attributes, "resource", resource);
        put(attributes, "subresource", subresource);
        return review;
    }

    private static void put(ObjectNode attributes, String field, String value) {
        if (!value.isEmpty()) {
            attributes.put(field, value);
        }
    }
}
