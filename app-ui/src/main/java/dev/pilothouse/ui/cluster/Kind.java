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
        String base = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        return base + "/" + resource;
    }
}
