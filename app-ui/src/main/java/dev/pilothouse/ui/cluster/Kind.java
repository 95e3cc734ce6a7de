package dev.pilothouse.ui.cluster;

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
        String base = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        String scope = namespace.isEmpty() || !namespaced ? "" : "/namespaces/" + namespace;
        return base + scope + "/" + resource;
    }

    /** The path of one object. */
    public String path(String namespace, String name) {
        return path(namespace) + "/" + name;
    }
}
