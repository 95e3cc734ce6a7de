package dev.pilothouse.server.request;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.GroupVersionResource;
import java.util.List;

/**
 * What a request is about, read from its path, method and query. Source: apiserver
 * endpoints/request RequestInfo.
 *
 * @param resourceRequest whether it is about an API resource; otherwise only path and verb count
 * @param path the path
 * @param verb get, list, watch, create, update, patch, delete, deletecollection, proxy; for other
 *     paths the HTTP method in lower case
 * @param apiPrefix {@code api} or {@code apis}, empty for other paths
 * @param group API group
 * @param version API version
 * @param namespace empty when there is none. For the resource {@code namespaces} itself it equals
 *     the name
 * @param resource plural resource name
 * @param subresource empty when there is none
 * @param name object name, empty when there is none
 * @param parts the path from the resource on
 */
public record RequestInfo(
        boolean resourceRequest,
        String path,
        String verb,
        String apiPrefix,
        String group,
        String version,
        String namespace,
        String resource,
        String subresource,
        String name,
        List<String> parts) {

    /** Copies the list. */
    public RequestInfo {
        parts = List.copyOf(parts);
    }

    /** Group, version and resource. */
    public GroupVersionResource gvr() {
        return new GroupVersionResource(group, version, resource);
    }

    /** Group and resource. */
    public GroupResource groupResource() {
        return new GroupResource(group, resource);
    }

    /** Whether the request only reads. */
    public boolean readOnly() {
        return verb.equals("get")
                || verb.equals("list")
                || verb.equals("watch")
                || verb.equals("head");
    }
}
