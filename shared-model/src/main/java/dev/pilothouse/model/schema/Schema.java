package dev.pilothouse.model.schema;

import dev.pilothouse.model.meta.GroupVersionKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All types and resources of a Kubernetes release. Immutable and thread-safe; types are built when
 * first asked for.
 */
public final class Schema {

    private static final class BuiltIn {
        private static final Schema INSTANCE = SchemaLoader.load();
    }

    private final Map<String, LazyType> types;
    private final Map<GroupVersionKind, String> kinds;
    private final List<ResourceSchema> resources;
    private final List<PackagePrefix> prefixes;

    Schema(
            Map<String, LazyType> types,
            Map<GroupVersionKind, String> kinds,
            List<ResourceSchema> resources,
            List<PackagePrefix> prefixes) {
        this.types = Map.copyOf(types);
        this.kinds = Map.copyOf(kinds);
        this.resources = List.copyOf(resources);
        this.prefixes = List.copyOf(prefixes);
    }

    /** The data of Kubernetes 1.36, read once from the shipped resource. */
    public static Schema builtIn() {
        return BuiltIn.INSTANCE;
    }

    /** The type of that name, or null. */
    public @Nullable TypeSchema type(String name) {
        LazyType type = types.get(name);
        return type == null ? null : type.get();
    }

    /** The type of an object of that kind, or null when the kind is not built in. */
    public @Nullable TypeSchema typeOf(GroupVersionKind kind) {
        String name = kinds.get(kind);
        return name == null ? null : type(name);
    }

    /** Names of all types. */
    public Collection<String> typeNames() {
        return types.keySet();
    }

    /** All resources in all versions, those of alpha and beta versions too. */
    public List<ResourceSchema> resources() {
        return resources;
    }

    /** The OpenAPI definition name of a type, for example {@code io.k8s.api.core.v1.Pod}. */
    public String definitionName(String typeName) {
        for (PackagePrefix prefix : prefixes) {
            if (typeName.startsWith(prefix.shortForm())) {
                return prefix.fullForm() + typeName.substring(prefix.shortForm().length());
            }
        }
        return typeName;
    }

    /** How the data shortens type names. */
    record PackagePrefix(String shortForm, String fullForm) {}
}
