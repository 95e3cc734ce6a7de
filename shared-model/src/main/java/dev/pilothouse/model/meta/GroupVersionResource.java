package dev.pilothouse.model.meta;

/**
 * The full name of a resource, the path segment under which a kind is served.
 *
 * @param group the API group, empty for the core group
 * @param version for example {@code v1}
 * @param resource the plural resource name, lower case
 */
public record GroupVersionResource(String group, String version, String resource) {

    /** The resource without its version. */
    public GroupResource groupResource() {
        return new GroupResource(group, resource);
    }

    /** The group and version without the resource. */
    public GroupVersion groupVersion() {
        return new GroupVersion(group, version);
    }

    @Override
    public String toString() {
        return groupVersion().apiVersion() + "/" + resource;
    }
}
