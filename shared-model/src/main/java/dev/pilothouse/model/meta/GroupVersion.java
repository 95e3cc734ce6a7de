package dev.pilothouse.model.meta;

/**
 * An API group in one version.
 *
 * @param group the API group, empty for the core group
 * @param version for example {@code v1}
 */
public record GroupVersion(String group, String version) {

    /** Reads an {@code apiVersion} value such as {@code v1} or {@code apps/v1}. */
    public static GroupVersion parse(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0
                ? new GroupVersion("", apiVersion)
                : new GroupVersion(apiVersion.substring(0, slash), apiVersion.substring(slash + 1));
    }

    /** The value of an object's {@code apiVersion} field. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    @Override
    public String toString() {
        return apiVersion();
    }
}
