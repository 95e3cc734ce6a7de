package dev.pilothouse.server.endpoints.openapi;

import dev.pilothouse.model.json.Json;
import dev.pilothouse.model.meta.GroupVersionKind;
import dev.pilothouse.model.schema.FieldSchema;
import dev.pilothouse.model.schema.FieldType.Ref;
import dev.pilothouse.model.schema.Schema;
import dev.pilothouse.model.schema.TypeSchema;
import dev.pilothouse.model.scheme.ResourceKind;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Collects the definitions that a document needs: each one asked for and all that it refers to. Not
 * thread-safe.
 */
final class Definitions {

    private final Schema schema;
    private final SchemaWriter writer;
    private final Dialect dialect;
    private final Function<ResourceKind, @Nullable ObjectNode> customSchemas;
    private final Map<String, ObjectNode> built = new TreeMap<>();

    Definitions(
            Schema schema,
            Dialect dialect,
            Function<ResourceKind, @Nullable ObjectNode> customSchemas) {
        this.schema = schema;
        this.dialect = dialect;
        this.customSchemas = customSchemas;
        this.writer = new SchemaWriter(this, dialect);
    }

    /** All definitions by name, sorted. */
    Map<String, ObjectNode> all() {
        return built;
    }

    /** Adds a built-in type and returns its definition name. */
    String builtIn(String typeName) {
        TypeSchema type = schema.type(typeName);
        if (type == null) {
            throw new IllegalStateException("no type " + typeName + " in the schema data");
        }
        String definition = schema.definitionName(typeName);
        if (!built.containsKey(definition)) {
            ObjectNode json = Json.object();
            built.put(definition, json);
            writer.write(type, json);
        }
        return definition;
    }

    /** The definition name of a reference when it is built in, else empty: it is inlined. */
    String reference(Ref ref) {
        return schema.type(ref.name()) == null ? "" : builtIn(ref.name());
    }

    /** Adds the type of a kind's objects. */
    String object(ResourceKind kind) {
        if (!kind.custom()) {
            return builtIn(kind.served().typeName());
        }
        GroupVersionKind gvk = kind.gvk();
        String definition = customName(gvk);
        if (!built.containsKey(definition)) {
            ObjectNode json = Json.object();
            built.put(definition, json);
            ObjectNode metadata = writer.ref(builtIn("meta.v1.ObjectMeta"));
            ObjectNode schemaOfKind = customSchemas.apply(kind);
            if (schemaOfKind == null) {
                schemaOfKind = Json.object();
                writer.write(kind.type(), schemaOfKind);
            }
            json.setAll(new CustomSchemaWriter(dialect, metadata).root(schemaOfKind));
            json.set("x-kubernetes-group-version-kind", SchemaWriter.kinds(gvk));
        }
        return definition;
    }

    /** Adds the list type of a kind. */
    String list(ResourceKind kind) {
        if (!kind.custom()) {
            return builtIn(kind.served().listTypeName());
        }
        GroupVersionKind item = kind.gvk();
        GroupVersionKind gvk =
                new GroupVersionKind(item.group(), item.version(), item.kind() + "List");
        String definition = customName(gvk);
        if (!built.containsKey(definition)) {
            ObjectNode json = Json.object();
            built.put(definition, json);
            json.put("type", "object");
            json.putArray("required").add("items");
            ObjectNode properties = json.putObject("properties");
            addString(properties, "apiVersion");
            ObjectNode items = properties.putObject("items");
            items.put("type", "array").set("items", writer.ref(object(kind)));
            addString(properties, "kind");
            properties.set("metadata", writer.ref(builtIn("meta.v1.ListMeta")));
            json.set("x-kubernetes-group-version-kind", SchemaWriter.kinds(gvk));
        }
        return definition;
    }

    /** Adds the type of a subresource's body; empty when it has no structure of its own. */
    String bodyOf(ResourceKind kind, GroupVersionKind body) {
        if (body.equals(kind.gvk())) {
            return object(kind);
        }
        TypeSchema type = schema.typeOf(body);
        return type == null ? "" : builtIn(type.name());
    }

    private static String customName(GroupVersionKind gvk) {
        return GroupNames.customDefinition(gvk.group(), gvk.version(), gvk.kind());
    }

    private static void addString(ObjectNode properties, String name) {
        properties.putObject(name).put("type", "string");
    }

    /** Whether a field has extensions that must stand beside its type. */
    static boolean hasExtensions(FieldSchema field) {
        return !field.mergeKey().isEmpty()
                || field.patchMerge()
                || field.patchRetainKeys()
                || field.patchReplace()
                || field.atomicMap();
    }
}
