package dev.pilothouse.model.meta;

/**
 * Where an object lives: its resource (any version), namespace and name.
 *
 * @param resource the resource
 * @param namespace empty for cluster-scoped objects
 * @param name the object's name
 */
public record ObjectKey(GroupResource resource, String namespace, String name) {

    @Override
    public String toString() {
        return resource + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}
