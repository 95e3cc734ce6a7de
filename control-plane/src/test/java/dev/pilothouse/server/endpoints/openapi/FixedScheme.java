package dev.pilothouse.server.endpoints.openapi;

import dev.pilothouse.model.meta.GroupResource;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.meta.GroupVersionResource;
import dev.pilothouse.model.schema.FieldSchema;
import dev.pilothouse.model.schema.FieldType.MapOf;
import dev.pilothouse.model.schema.FieldType.Ref;
import dev.pilothouse.model.schema.FieldType.Scalar;
import dev.pilothouse.model.schema.ResourceSchema;
import dev.pilothouse.model.schema.ResourceSchema.Subresource;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.schema.TypeSchema;
import dev.pilothouse.model.scheme.ResourceKind;
import dev.pilothouse.model.scheme.Scheme;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A scheme whose kinds a test sets. */
final class FixedScheme implements Scheme {

    private volatile List<ResourceKind> kinds;

    FixedScheme(List<ResourceKind> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    void add(ResourceKind kind) {
        List<ResourceKind> more = new ArrayList<>(kinds);
        more.add(kind);
        kinds = List.copyOf(more);
    }

    @Override
    public @Nullable ResourceKind byResource(GroupVersionResource resource) {
        return kinds.stream().filter(k -> k.resource().equals(resource)).findFirst().orElse(null);
    }

    @Override
    public @Nullable ResourceKind byKind(GroupVersionKind kind) {
        return kinds.stream().filter(k -> k.gvk().equals(kind)).findFirst().orElse(null);
    }

    @Override
    public @Nullable ResourceKind storageKind(GroupResource stored) {
        return null;
    }

    @Override
    public Collection<ResourceKind> all() {
        return kinds;
    }

    /** databases.example.com/v1 with a nested spec, status and scale. */
    static ResourceKind database() {
        TypeSchema spec =
                new TypeSchema(
                        "com.example.v1.Database.spec",
                        Map.of(
                                "engine", FieldSchema.plain("engine", Scalar.STRING),
                                "tags", FieldSchema.plain("tags", new MapOf(Scalar.STRING))),
                        null,
                        List.of("engine"),
                        false,
                        true,
                        null,
                        null);
        Ref meta =
                new Ref(
                        "meta.v1.ObjectMeta",
                        () -> Objects.requireNonNull(Schema.builtIn().type("meta.v1.ObjectMeta")));
        GroupVersionResource resource = new GroupVersionResource("example.com", "v1", "databases");
        GroupVersionKind gvk = new GroupVersionKind("example.com", "v1", "Database");
        TypeSchema type =
                new TypeSchema(
                        "com.example.v1.Database",
                        Map.of(
                                "metadata", FieldSchema.plain("metadata", meta),
                                "spec",
                                        FieldSchema.plain(
                                                "spec", new Ref(spec.name(), () -> spec))),
                        null,
                        List.of(),
                        false,
                        false,
                        gvk,
                        null);
        ResourceSchema served =
                new ResourceSchema(
                        resource,
                        "Database",
                        true,
                        List.of(
                                "create",
                                "delete",
                                "deletecollection",
                                "get",
                                "list",
                                "patch",
                                "update",
                                "watch"),
                        type.name(),
                        "",
                        "database",
                        List.of("db"),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(
                                "scale",
                                new Subresource(
                                        "scale",
                                        List.of("get", "patch", "update"),
                                        List.of(),
                                        new GroupVersionKind("autoscaling", "v1", "Scale"),
                                        false)));
        return new ResourceKind(served, type, resource, true);
    }
}
