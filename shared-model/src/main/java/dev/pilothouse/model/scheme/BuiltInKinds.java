package dev.pilothouse.model.scheme;

import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.schema.ResourceSchema;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.schema.TypeSchema;
import java.util.List;
import java.util.Map;

/**
 * The stable kinds of the shipped schema data. Alpha and beta versions are off, as in
 * kube-apiserver by default; resource metrics are the exception.
 */
public final class BuiltInKinds {

    /**
     * Resources stored in another version or group than they are served in. Source:
     * kube-apiserver's storage versions.
     */
    private static final Map<GroupVersionResource, GroupVersionResource> STORED_AS =
            Map.of(
                    new GroupVersionResource("autoscaling", "v1", "horizontalpodautoscalers"),
                    new GroupVersionResource("autoscaling", "v2", "horizontalpodautoscalers"),
                    new GroupVersionResource("events.k8s.io", "v1", "events"),
                    new GroupVersionResource("", "v1", "events"));

    private BuiltInKinds() {}

    /** The kinds of all stable group versions. */
    public static List<ResourceKind> stable(Schema schema) {
        return schema.resources().stream()
                .filter(resource -> isServed(resource.resource()))
                .map(resource ->
                        new ResourceKind(
                                resource,
                                typeOf(schema, resource),
                                STORED_AS.getOrDefault(resource.resource(), resource.resource()),
                                false))
                .toList();
    }

    /** Clients know resource metrics by their beta version: it is older than the stable one. */
    private static boolean isServed(GroupVersionResource resource) {
        return resource.version().matches("v[0-9]+") || resource.group().equals("metrics.k8s.io");
    }

    private static TypeSchema typeOf(Schema schema, ResourceSchema resource) {
        TypeSchema type = schema.type(resource.typeName());
        if (type == null) {
            throw new IllegalStateException(
                    "no type " + resource.typeName() + " for " + resource.resource());
        }
        return type;
    }
}
