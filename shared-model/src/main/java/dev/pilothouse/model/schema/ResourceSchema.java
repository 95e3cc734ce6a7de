package dev.pilothouse.model.schema;

import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.GroupVersionResource;
import java.util.List;
import java.util.Map;

/**
 * Where and how a kind is served.
 *
 * @param resource group, version and plural name
 * @param kind name of the kind
 * @param namespaced whether objects live in namespaces
 * @param verbs verbs of the resource itself, sorted
 * @param typeName name of the object's type
 * @param listTypeName name of the list's type, empty when it has none
 * @param singular singular name
 * @param shortNames for example {@code po}
 * @param categories for example {@code all}
 * @param columns table columns
 * @param fieldSelectors selectable fields besides {@code metadata.name} and {@code
 *     metadata.namespace}
 * @param subresources by name, sorted
 */
public record ResourceSchema(
        GroupVersionResource resource,
        String kind,
        boolean namespaced,
        List<String> verbs,
        String typeName,
        String listTypeName,
        String singular,
        List<String> shortNames,
        List<String> categories,
        List<Column> columns,
        List<String> fieldSelectors,
        Map<String, Subresource> subresources) {

    /**
     * A table column.
     *
     * @param name the heading
     * @param type OpenAPI type such as {@code string} or {@code integer}
     * @param format OpenAPI format, {@code name} marks the name column; may be empty
     * @param priority 0 for the standard view, 1 for wide
     */
    public record Column(String name, String type, String format, int priority) {}

    /**
     * A subresource.
     *
     * @param name for example {@code scale}
     * @param verbs Kubernetes verbs; empty for connect subresources
     * @param connectMethods HTTP methods (lower case) of a connect subresource
     * @param kind group, version and kind of its body
     * @param subpath whether a path may follow
     */
    public record Subresource(
            String name,
            List<String> verbs,
            List<String> connectMethods,
            GroupVersionKind kind,
            boolean subpath) {}

    /** Group, version and kind of the object. */
    public GroupVersionKind gvk() {
        return new GroupVersionKind(resource.group(), resource.version(), kind);
    }
}
