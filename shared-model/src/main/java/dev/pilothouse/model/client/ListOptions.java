package dev.pilothouse.model.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which objects of a resource, and how fresh. Empty texts say nothing. Source: meta/v1 ListOptions.
 *
 * @param namespace the namespace, empty for all and for cluster-scoped resources
 * @param labelSelector a label selector
 * @param fieldSelector a field selector
 * @param resourceVersion the revision, {@code 0} for any
 * @param resourceVersionMatch {@code Exact} or {@code NotOlderThan}
 * @param limit most objects in one page, 0 for all
 * @param continueToken where to go on
 */
public record ListOptions(
        String namespace,
        String labelSelector,
        String fieldSelector,
        String resourceVersion,
        String resourceVersionMatch,
        int limit,
        String continueToken) {

    /** All objects. */
    public static final ListOptions ALL = new ListOptions("", "", "", "", "", 0, "");

    /** All objects of a namespace. */
    public static ListOptions in(String namespace) {
        return new ListOptions(namespace, "", "", "", "", 0, "");
    }

    /** The same with a label selector. */
    public ListOptions withLabels(String selector) {
        return new ListOptions(
                namespace,
                selector,
                fieldSelector,
                resourceVersion,
                resourceVersionMatch,
                limit,
                continueToken);
    }

    /** The same with a field selector. */
    public ListOptions withFields(String selector) {
        return new ListOptions(
                namespace,
                labelSelector,
                selector,
                resourceVersion,
                resourceVersionMatch,
                limit,
                continueToken);
    }

    /** The same at a revision. */
    public ListOptions at(String version, String match) {
        return new ListOptions(
                namespace, labelSelector, fieldSelector, version, match, limit, continueToken);
    }

    /** The same in pages. */
    public ListOptions page(int size, String token) {
        return new ListOptions(
                namespace,
                labelSelector,
                fieldSelector,
                resourceVersion,
                resourceVersionMatch,
                size,
                token);
    }

    Map<String, List<String>> query() {
        Map<String, List<String>> query = new LinkedHashMap<>();
        put(query, "labelSelector", labelSelector);
        put(query, "fieldSelector", fieldSelector);
        put(query, "resourceVersion", resourceVersion);
        put(query, "resourceVersionMatch", resourceVersionMatch);
        put(query, "limit", limit == 0 ? "" : Integer.toString(limit));
        put(query, "continue", continueToken);
        return query;
    }

    private static void put(Map<String, List<String>> query, String name, String value) {
        if (!value.isEmpty()) {
            query.put(name, List.of(value));
        }
    }
}
