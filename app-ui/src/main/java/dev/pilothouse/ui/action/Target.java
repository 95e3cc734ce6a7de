package dev.pilothouse.ui.action;

import dev.pilothouse.ui.cluster.Kind;

/**
 * The object that something is done to.
 *
 * @param kind its kind
 * @param namespace its namespace, empty outside namespaces
 * @param name its name
 */
public record Target(Kind kind, String namespace, String name) {

    /** The path of the object. */
    public String path() {
        return kind.path(namespace, name);
    }

    /** The path of a subresource of the object. */
    public String path(String subresource) {
        return path() + "/" + subresource;
    }

    /** Group and resource, such as {@code deployments.apps}; core resources without a group. */
    public String resource() {
        return kind.qualified();
    }
}
