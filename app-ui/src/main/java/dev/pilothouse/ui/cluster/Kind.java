package dev.pilothouse.ui.cluster;

import dev.pilothouse.model.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * A kind as discovery names it.
 *
 * @param group the API group, empty for core
 * @param version the version
 * @param resource the plural in URLs
 * @param kind the name for people
 * @param namespaced whether its objects live in namespaces
 */
public record Kind(String group, String version, String resource, String kind, boolean namespaced) {

    /** The field {@code apiVersion} of its objects. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /**
     * What kubectl calls it: the resource and its group, such as {@code deployments.apps}; in the
     * core group the resource alone, such as {@code pods}.
     */
    public String qualified() {
        return group.isEmpty() ? resource : resource + "." + group;
    }

    /** An object that says what it is, as those in lists do not. */
    public ObjectNode typed(ObjectNode item) {
        if (item.has("kind")) {
            return item;
        }
        ObjectNode whole = Json.object().put("apiVersion", apiVersion()).put("kind", kind);
        whole.setAll(item);
        return whole;
    }

    /** The path of all objects. */
    public String path() {
        return path("");
    }

    /**
     * The path of all objects of a namespace.
     *
     * @param namespace empty for all namespaces; means nothing for kinds outside namespaces
     */
    public String path(String namespace) {
        String base = (group.isEmpty() ? "/api/" : "/apis/") + apiVersion();
        String scope = namespace.isEmpty() || !namespaced ? "" : "/namespaces/" + namespace;
        return base + scope + "/" + resource;
    }

    /** The path of one object. */
    public String path(String namespace, String name) {
        return path(namespace) + "/" + name;
    }
}
