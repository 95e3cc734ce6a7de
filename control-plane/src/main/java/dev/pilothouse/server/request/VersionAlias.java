package dev.pilothouse.server.request;

import org.jspecify.annotations.Nullable;

/**
 * Finds the version of a path that names a group and a resource but no version, such as {@code
 * /apis/apiextensions.k8s.io/customresourcedefinitions}. Thread-safe.
 */
@FunctionalInterface
public interface VersionAlias {

    /** Never adds a version, as in Kubernetes. */
    VersionAlias NONE = (group, segment, resource) -> null;

    /**
     * The version to insert, or null when the path stands as it is.
     *
     * @param group API group
     * @param segment the path segment after the group, where a version is usual
     * @param resource the resource that the path names if the version is missing
     */
    @Nullable String versionFor(String group, String segment, String resource);
}
