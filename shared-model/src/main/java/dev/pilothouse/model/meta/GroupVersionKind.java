package dev.pilothouse.model.meta;

/**
 * The full name of a kind.
 *
 * @param group the API group, empty for the core group
 * @param version for example {@code v1}
 * @param kind for example {@code Pod}
 */
public record GroupVersionKind(String group, String version, String kind) {

    /** Reads the two type fields of an object. */
    public static GroupVersionKind of(String apiVersion, String kind) {
        GroupVersion groupVersion = GroupVersion.parse(apiVersion);
        return new GroupVersionKind(groupVersion.group(), groupVersion.version(), kind);
    }

    /** The group and version without the kind. */
    public GroupVersion groupVersion() {
        return new GroupVersion(group, version);
    }

    /** The value of an object's {@code apiVersion} field. */
    public String apiVersion() {
        return groupVersion().apiVersion();
    }

    /** {@code apps/v1, Kind=Deployment}, as Kubernetes' messages write it. */
    @Override
    public String toString() {
        return apiVersion() + ", Kind=" + kind;
    }
}
