package dev.pilothouse.model.meta;

import java.util.Comparator;

/**
 * A resource without a version: what storage keys, permissions and error messages name.
 *
 * @param group the API group, empty for the core group
 * @param resource the plural resource name, lower case
 */
public record GroupResource(String group, String resource) implements Comparable<GroupResource> {

    private static final Comparator<GroupResource> ORDER =
            Comparator.comparing(GroupResource::group).thenComparing(GroupResource::resource);

    @Override
    public int compareTo(GroupResource other) {
        return ORDER.compare(this, other);
    }

    /**
     * {@code deployments.apps}, or {@code pods} in the core group, as Kubernetes' messages write
     * it.
     */
    @Override
    public String toString() {
        return group.isEmpty() ? resource : resource + "." + group;
    }
}
